package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.atomix.link.Messages;
import dev.tocsin.core.metrics.CounterFamily;
import io.atomix.cluster.messaging.ManagedUnicastService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.utils.net.Address;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Atomix's gossip on our connections instead of on UDP: so it is as encrypted and authenticated as all else, and needs no
 * second port. One listener a subject. Safe for all threads.
 */
final class LinkGossip implements ManagedUnicastService {
    private final Messages messages;
    private final CounterFamily received;
    private volatile boolean running;

    /** @param received counts by peer */
    LinkGossip(Messages messages, CounterFamily received) {
        this.messages = messages;
        this.received = received;
    }

    @Override
    public void unicast(Address address, String subject, byte[] payload) {
        messages.gossip(Names.name(address), subject, payload);
    }

    @Override
    public void addListener(String subject, BiConsumer<Address, byte[]> listener, Executor executor) {
        messages.handleGossip(subject, executor, (peer, payload, answer) -> {
            received.labels(peer).increment();
            Unread.refused(() -> {
                listener.accept(Names.address(peer), payload);
                return true;
            });
        });
    }

    @Override
    public void removeListener(String subject, BiConsumer<Address, byte[]> listener) {
        messages.ignoreGossip(subject);
    }

    @Override
    public CompletableFuture<UnicastService> start() {
        running = true;
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public CompletableFuture<Void> stop() {
        running = false;
        return CompletableFuture.completedFuture(null);
    }
}
