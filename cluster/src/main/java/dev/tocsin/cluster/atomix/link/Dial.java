package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Cancellable;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An address that is, or may be, a peer's. On the hub loop only. */
final class Dial {
    final InetSocketAddress address;
    /** Who answered there last, or who is said to be there. */
    @Nullable String name;
    /** Whether a configured peer's name leads to it. */
    boolean seed;
    /** Whether this node itself listens there. */
    boolean self;
    /** Whether the peer said goodbye and has not been there again. */
    boolean left;

    boolean connecting;

    @Nullable Link link;
    /** Attempts that failed since the last connection. */
    int failures;

    long downSinceNanos;
    Cancellable timer = Cancellable.NONE;
    /** The last failure that was logged. */
    @Nullable Refusal complaint;

    Dial(InetSocketAddress address, long nowNanos) {
        this.address = address;
        this.downSinceNanos = nowNanos;
    }

    /** {@code ip:port}; what the peer is called as long as nobody there has told a name. */
    String text() {
        return HostAndPort.of(address).toString();
    }
}
