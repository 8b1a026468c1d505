package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.AlertServiceListResponse;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.wire.WireBuffer;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The bytes of an {@link AlertServiceListResponse}, written straight from the alerts. Immutable. */
final class AlertPage {
    /** About how long the pieces are: an array for a whole page would not be young garbage. */
    private static final int PIECE = 32 << 10;

    private final List<ByteArrayOutputStream> pieces;
    private final int size;

    private AlertPage(List<ByteArrayOutputStream> pieces, int size) {
        this.pieces = pieces;
        this.size = size;
    }

    /** Takes the alerts of a page until it is full. For one thread and one page. */
    static final class Builder implements Predicate<AlertView> {
        private final AlertWire wire;
        private final int most;
        private final WireBuffer field = new WireBuffer(1 << 10);
        private final List<ByteArrayOutputStream> pieces = new ArrayList<>();
        private int room;
        private int size;

        /** @param most where to cut, in bytes; the alert that goes beyond is the last one */
        Builder(AlertWire wire, int most) {
            this.wire = wire;
            this.most = most;
        }

        /** Adds an alert; answers whether there is room for another one. */
        @Override
        public boolean test(AlertView view) {
            wire.write(view, field);
            field.message(AlertServiceListResponse.ALERTS_FIELD_NUMBER, 0);
            add();
            return size <= most;
        }

        private void add() {
            int length = field.length();
            if (room < length) {
                room = Math.max(PIECE, length);
                pieces.add(new ByteArrayOutputStream(room));
            }
            field.writeTo(pieces.getLast());
            room -= length;
            size += length;
            field.clear();
        }

        /**
         * The page of what was added.
         *
         * @param token for the next page; empty if there is none
         */
        AlertPage build(String token) {
            if (!token.isEmpty()) {
                field.text(AlertServiceListResponse.NEXT_PAGE_TOKEN_FIELD_NUMBER, token);
                add();
            }
            return new AlertPage(List.copyOf(pieces), size);
        }
    }

    private void writeTo(OutputStream target) throws IOException {
        for (ByteArrayOutputStream piece : pieces) {
            piece.writeTo(target);
        }
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
