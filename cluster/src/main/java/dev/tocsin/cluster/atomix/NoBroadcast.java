package dev.tocsin.cluster.atomix;

import io.atomix.cluster.messaging.BroadcastService;
import io.atomix.cluster.messaging.ManagedBroadcastService;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Nothing is ever sent to strangers. Stateless. */
final class NoBroadcast implements ManagedBroadcastService {
    @Override
    public void broadcast(String subject, byte[] payload) {}

    @Override
    public void addListener(String subject, Consumer<byte[]> listener) {}

    @Override
    public void removeListener(String subject, Consumer<byte[]> listener) {}

    @Override
    public CompletableFuture<BroadcastService> start() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public CompletableFuture<Void> stop() {
        return CompletableFuture.completedFuture(null);
    }
}
