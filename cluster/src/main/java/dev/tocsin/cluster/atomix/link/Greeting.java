package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The frames of the handshake and the proofs in them. Both sides prove that they know the cluster's label without
 * sending it: a keyed hash over both nonces and the identities. Nothing that a stranger sent is looked at beyond the
 * fixed bytes before its proof. Immutable.
 */
final class Greeting {
    /** The protocol this build speaks, oldest and newest. */
    static final int OLDEST = 1;

    static final int NEWEST = 1;

    static final int NONCE_BYTES = 16;
    private static final int PROOF_BYTES = 32;
    private static final byte[] MAGIC = {'T', 'O', 'C', 'S', 'I', 'N'};

    private final SecretKeySpec key;
    private final Identity self;

    Greeting(String label, Identity self) {
        this.self = self;
        this.key = new SecretKeySpec(sha256("tocsin cluster label\n" + label), "HmacSHA256");
    }

    Identity self() {
        return self;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static ByteBuf hello(byte[] nonce, int oldest, int newest) {
        ByteBuf out = frame(FrameKind.HELLO, MAGIC.length + 2 + NONCE_BYTES);
        return lengthSet(
                out.writeBytes(MAGIC).writeByte(oldest).writeByte(newest).writeBytes(nonce));
    }

    /** @throws IllegalArgumentException if it is no hello of this protocol */
    static int version(ByteBuf hello) {
        for (byte expected : MAGIC) {
            if (!hello.isReadable() || hello.readByte() != expected) {
                throw new IllegalArgumentException("not a hello");
            }
        }
        int oldest = hello.readUnsignedByte();
        int newest = Math.min(NEWEST, hello.readUnsignedByte());
        return newest >= Math.max(oldest, OLDEST) ? newest : 0;
    }

    static byte[] nonce(ByteBuf in) {
        byte[] nonce = new byte[NONCE_BYTES];
        in.readBytes(nonce);
        return nonce;
    }

    static ByteBuf challenge(int version, byte[] nonce) {
        return lengthSet(
                frame(FrameKind.CHALLENGE, 1 + NONCE_BYTES).writeByte(version).writeBytes(nonce));
    }

    static ByteBuf refused(Refusal reason) {
        return lengthSet(frame(FrameKind.REFUSED, 1).writeByte(reason.number()));
    }

    /** This side's proof and identity. */
    ByteBuf proof(byte kind, byte[]... transcript) {
        ByteBuf identity = Unpooled.buffer();
        self.write(identity);
        byte[] bytes = ByteBufUtil.getBytes(identity);
        ByteBuf out = frame(kind, PROOF_BYTES + bytes.length);
        return lengthSet(out.writeBytes(hash(kind, bytes, transcript)).writeBytes(bytes));
    }

    /** Whether what follows in {@code in} proves its identity; then the identity is what is left to read. */
    boolean proves(byte kind, ByteBuf in, byte[]... transcript) {
        if (in.readableBytes() < PROOF_BYTES) {
            return false;
        }
        byte[] claimed = new byte[PROOF_BYTES];
        in.readBytes(claimed);
        return MessageDigest.isEqual(claimed, hash(kind, ByteBufUtil.getBytes(in), transcript));
    }

    private byte[] hash(byte kind, byte[] identity, byte[][] transcript) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(kind);
            for (byte[] part : transcript) {
                mac.update(part);
            }
            return mac.doFinal(identity);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static ByteBuf frame(byte kind, int body) {
        return Unpooled.buffer(Integer.BYTES + 1 + body).writeInt(0).writeByte(kind);
    }

    private static ByteBuf lengthSet(ByteBuf frame) {
        return frame.setInt(0, frame.readableBytes() - Integer.BYTES);
    }
}
