package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.atomix.link.Links;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Peers introduce each other: whoever connects is asked whom it knows, and from time to time a random one is asked again.
 * Gossip alone tells each change to a few and can leave one out; of two nodes that reach a third one, the later hears of
 * the earlier here. Of peers that the asked one has lost, only the names of configured addresses are learnt. On the hub
 * loop only.
 */
final class Introductions {
    private static final String SUBJECT = "tocsin-peers";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final ClusterCommunicationService communication;
    private final Links links;
    private final Scheduler loop;
    private final RandomGenerator random;
    private Cancellable timer = Cancellable.NONE;
    private boolean closed;

    Introductions(ClusterCommunicationService communication, Links links, Scheduler loop, RandomGenerator random) {
        this.communication = communication;
        this.links = links;
        this.loop = loop;
        this.random = random;
    }

    /** Begins to answer and to ask. */
    void start() {
        communication.subscribe(
                SUBJECT,
                Function.<byte[]>identity(),
                (byte[] nothing) -> links.known(),
                Introductions::encode,
                loop::execute);
        timer = loop.schedule(AGAIN, this::askAnyone);
    }

    private void askAnyone() {
        List<Links.Known> linked =
                links.known().stream().filter(Links.Known::linked).toList();
        if (!linked.isEmpty()) {
            ask(linked.get(random.nextInt(linked.size())).name());
        }
        timer = loop.schedule(AGAIN, this::askAnyone);
    }

    /** Asks a peer whom it knows. */
    void ask(String peer) {
        communication
                .<byte[], byte[]>send(
                        SUBJECT, NOTHING, Function.identity(), Function.identity(), MemberId.from(peer), PATIENCE)
                .whenComplete((answer, error) -> {
                    if (error == null) {
                        loop.execute(() -> introduce(answer));
                    }
                });
    }

    private void introduce(byte[] answer) {
        if (closed) {
            return;
        }
        try {
            for (Links.Known known : decode(answer)) {
                if (known.linked()) {
                    links.found(known.name(), known.address());
                } else {
                    links.lost(known.name(), known.address());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // cut short: a peer of another version; gossip and configuration find the others
        }
    }

    private static byte[] encode(List<Links.Known> peers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeShort(peers.size());
            for (Links.Known peer : peers) {
                out.writeUTF(peer.name());
                out.writeUTF(peer.address());
                out.writeBoolean(peer.linked());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Links.Known> decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<Links.Known> peers = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            peers.add(new Links.Known(in.readUTF(), in.readUTF(), in.readBoolean()));
        }
        return peers;
    }

    void close() {
        closed = true;
        timer.cancel();
    }
}
