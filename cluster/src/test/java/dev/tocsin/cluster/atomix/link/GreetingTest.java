package dev.tocsin.cluster.atomix.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class GreetingTest {
    private static final Identity ALICE = new Identity("alice", 1, "10.0.0.1:9094");
    private static final Identity BOB = new Identity("bob", 2, "[fd00::2]:9094");
    private static final byte[] VERSION = {1};
    private static final byte[] ONE = new byte[Greeting.NONCE_BYTES];
    private static final byte[] OTHER = {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};

    private final Greeting alice = new Greeting("blue", ALICE);
    private final Greeting bob = new Greeting("blue", BOB);

    private static ByteBuf body(ByteBuf frame) {
        frame.skipBytes(Integer.BYTES + 1);
        return frame;
    }

    @Test
    void aProofTellsWhoItIsFrom() {
        ByteBuf proof = body(alice.proof(FrameKind.PROOF, VERSION, ONE, OTHER));
        assertThat(bob.proves(FrameKind.PROOF, proof, VERSION, ONE, OTHER)).isTrue();
        assertThat(Identity.read(proof)).isEqualTo(ALICE);
    }

    @Test
    void anotherLabelProvesNothing() {
        ByteBuf proof = body(new Greeting("green", ALICE).proof(FrameKind.PROOF, VERSION, ONE, OTHER));
        assertThat(bob.proves(FrameKind.PROOF, proof, VERSION, ONE, OTHER)).isFalse();
    }

    @Test
    void aProofIsOfNoUseForAnotherConnectionOrTheOtherSide() {
        assertThat(bob.proves(
                        FrameKind.PROOF, body(alice.proof(FrameKind.PROOF, VERSION, ONE, ONE)), VERSION, ONE, OTHER))
                .isFalse();
        assertThat(bob.proves(
                        FrameKind.WELCOME,
                        body(alice.proof(FrameKind.PROOF, VERSION, ONE, OTHER)),
                        VERSION,
                        ONE,
                        OTHER))
                .isFalse();
    }

    @Test
    void aChangedNameIsNoticed() {
        ByteBuf proof = body(alice.proof(FrameKind.PROOF, VERSION, ONE, OTHER));
        proof.setByte(proof.writerIndex() - 1, '5');
        assertThat(bob.proves(FrameKind.PROOF, proof, VERSION, ONE, OTHER)).isFalse();
    }

    @Test
    void aShortProofIsNone() {
        assertThat(bob.proves(FrameKind.PROOF, Unpooled.wrappedBuffer(new byte[31]), VERSION, ONE, OTHER))
                .isFalse();
    }

    @Test
    void namesAreBounded() {
        assertThatThrownBy(() -> new Identity("", 1, "10.0.0.1:9094")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Identity("n".repeat(256), 1, "10.0.0.1:9094"))
                .hasMessageContaining("255");
        Identity longest = new Identity("n".repeat(255), 1, "10.0.0.1:9094");
        ByteBuf bytes = Unpooled.buffer();
        longest.write(bytes);
        assertThat(Identity.read(bytes)).isEqualTo(longest);
    }
}
