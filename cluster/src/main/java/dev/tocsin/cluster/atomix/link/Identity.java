package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Who stands at an end of a connection.
 *
 * @param name unique in the cluster
 * @param run a random number of this run of the process: tells a node from another one with the same name, and from itself
 * @param address where others can connect, {@code ip:port}
 */
record Identity(String name, long run, String address) {
    /** Longest name and address, in bytes. */
    static final int MAX_TEXT = 255;

    Identity {
        check("name", name);
        check("address", address);
    }

    private static void check(String what, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_TEXT) {
            throw new IllegalArgumentException("a peer's " + what + " must have 1 to 255 bytes, not " + length);
        }
    }

    void write(ByteBuf out) {
        out.writeLong(run);
        write(out, name);
        write(out, address);
    }

    private static void write(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(bytes.length);
        out.writeBytes(bytes);
    }

    /** @throws IllegalArgumentException, IndexOutOfBoundsException if the bytes are no identity */
    static Identity read(ByteBuf in) {
        long run = in.readLong();
        return new Identity(readText(in), run, readText(in));
    }

    private static String readText(ByteBuf in) {
        return in.readString(in.readUnsignedByte(), StandardCharsets.UTF_8);
    }
}
