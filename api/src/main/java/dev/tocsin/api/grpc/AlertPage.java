package dev.tocsin.api.grpc;

import com.google.protobuf.CodedOutputStream;
import dev.tocsin.api.grpc.v1.AlertServiceListResponse;
import dev.tocsin.api.service.Page;
import dev.tocsin.core.hub.AlertView;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An {@link AlertServiceListResponse} that is written straight from the alerts. Immutable. */
final class AlertPage {
    private static final int BUFFER = 16 << 10;

    private final AlertWire wire;
    private final List<AlertView> views;
    private final int[] sizes;
    private final String token;
    private final int size;

    /**
     * The page, or as much of its beginning as fits.
     *
     * @param most where to cut, in bytes; the alert that goes beyond is the last one
     * @param after gives the token for what comes after an alert
     */
    AlertPage(Page<AlertView> page, AlertWire wire, int most, Function<AlertView, String> after) {
        this.wire = wire;
        int[] lengths = new int[page.items().size()];
        int count = 0;
        int bytes = 0;
        while (count < lengths.length && bytes <= most) {
            lengths[count] = wire.size(page.items().get(count));
            bytes += AlertWire.messageSize(AlertServiceListResponse.ALERTS_FIELD_NUMBER, lengths[count]);
            count++;
        }
        sizes = lengths;
        views = page.items().subList(0, count);
        token = count == lengths.length ? page.nextToken() : after.apply(views.getLast());
        size = token.isEmpty()
                ? bytes
                : bytes
                        + CodedOutputStream.computeStringSize(
                                AlertServiceListResponse.NEXT_PAGE_TOKEN_FIELD_NUMBER, token);
    }

    private void writeTo(OutputStream target) throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(target, BUFFER);
        for (int i = 0; i < views.size(); i++) {
            AlertWire.begin(AlertServiceListResponse.ALERTS_FIELD_NUMBER, sizes[i], out);
            wire.write(views.get(i), out);
        }
        if (!token.isEmpty()) {
            out.writeString(AlertServiceListResponse.NEXT_PAGE_TOKEN_FIELD_NUMBER, token);
        }
        out.flush();
    }

    /** The message's bytes, for one thread. */
    InputStream open() {
        return new Bytes(this);
    }

    /** Writes pages; a server never reads them. */
    static final class Marshaller implements MethodDescriptor.Marshaller<AlertPage> {
        @Override
        public InputStream stream(AlertPage page) {
            return page.open();
        }

        @Override
        public AlertPage parse(InputStream stream) {
            throw new UnsupportedOperationException("pages are only written");
        }
    }

    /** Written at once into the transport's buffers; whoever reads it instead costs a copy. */
    private static final class Bytes extends InputStream implements Drainable, KnownLength {
        private final AlertPage page;
        private @Nullable InputStream rest;

        Bytes(AlertPage page) {
            this.page = page;
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            InputStream begun = rest;
            if (begun != null) {
                return (int) begun.transferTo(target);
            }
            page.writeTo(target);
            rest = InputStream.nullInputStream();
            return page.size;
        }

        @Override
        public int available() throws IOException {
            InputStream begun = rest;
            return begun == null ? page.size : begun.available();
        }

        @Override
        public int read() throws IOException {
            return copy().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return copy().read(target, offset, length);
        }

        private InputStream copy() throws IOException {
            InputStream begun = rest;
            if (begun == null) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(page.size);
                page.writeTo(bytes);
                begun = new ByteArrayInputStream(bytes.toByteArray());
                rest = begun;
            }
            return begun;
        }
    }
}
