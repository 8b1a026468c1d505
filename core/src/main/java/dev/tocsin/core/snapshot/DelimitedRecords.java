package dev.tocsin.core.snapshot;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Messages, each preceded by its length as a varint: the form of both snapshot files (contract section 6.3). */
final class DelimitedRecords {
    private DelimitedRecords() {}

    /**
     * All messages of a file in order.
     *
     * @throws InvalidSnapshotException if the bytes are not whole messages; the text names the record and its offset
     */
    static <M extends MessageLite> List<M> decode(byte[] file, Parser<M> parser) throws InvalidSnapshotException {
        List<M> messages = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(file);
        int offset = 0;
        try {
            while (!in.isAtEnd()) {
                offset = in.getTotalBytesRead();
                int length = in.readRawVarint32();
                int limit = in.pushLimit(length);
                M message = parser.parseFrom(in);
                if (in.getBytesUntilLimit() > 0) {
                    throw new InvalidProtocolBufferException("an end-group tag stands where a field should");
                }
                in.popLimit(limit);
                messages.add(message);
            }
        } catch (IOException e) {
            throw invalid(messages.size(), "at offset " + offset + " cannot be decoded: " + e.getMessage());
        }
        return messages;
    }

    static InvalidSnapshotException invalid(int index, String what) {
        return new InvalidSnapshotException("record " + (index + 1) + " " + what);
    }

    /** The messages as a file; map entries in the order of their keys, so that equal messages have equal bytes. */
    static byte[] encode(Iterable<? extends MessageLite> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            for (MessageLite message : messages) {
                out.writeUInt32NoTag(message.getSerializedSize());
                message.writeTo(out);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array refused bytes", e);
        }
        return bytes.toByteArray();
    }
}
