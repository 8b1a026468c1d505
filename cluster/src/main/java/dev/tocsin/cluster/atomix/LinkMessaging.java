package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.atomix.link.Messages;
import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingException;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.utils.net.Address;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Atomix's messages on our connections. Everything is bounded in time and size, and nothing gets here before its sender is
 * authenticated. Safe for all threads.
 */
final class LinkMessaging implements ManagedMessagingService {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Address self;
    private final Messages messages;
    private final Executor executor;
    private volatile boolean running;

    /** @param executor runs handlers that come without one */
    LinkMessaging(String self, Messages messages, Executor executor) {
        this.self = Names.address(self);
        this.messages = messages;
        this.executor = executor;
    }

    @Override
    public Address address() {
        return self;
    }

    @Override
    public CompletableFuture<Void> sendAsync(Address address, String type, byte[] payload, boolean keepAlive) {
        return messages.tell(Names.name(address), type, payload)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new MessagingException("cannot send to " + Names.name(address)));
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive) {
        return sendAndReceive(address, type, payload, keepAlive, PATIENCE);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
            Address address, String type, byte[] payload, boolean keepAlive, Executor executor) {
        return sendAndReceive(address, type, payload, keepAlive, PATIENCE, executor);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
            Address address, String type, byte[] payload, boolean keepAlive, Duration timeout) {
        return messages.ask(Names.name(address), type, payload, timeout);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
            Address address, String type, byte[] payload, boolean keepAlive, Duration timeout, Executor executor) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        messages.ask(Names.name(address), type, payload, timeout)
                .whenCompleteAsync(
                        (bytes, error) -> {
                            if (error == null) {
                                answer.complete(bytes);
                            } else {
                                answer.completeExceptionally(error);
                            }
                        },
                        executor);
        return answer;
    }

    @Override
    public void registerHandler(String type, BiConsumer<Address, byte[]> handler, Executor executor) {
        messages.handle(type, executor, (peer, payload, answer) -> {
            handler.accept(Names.address(peer), payload);
            answer.with(new byte[0]);
        });
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
        boolean readElsewhere = type.startsWith(Unread.OF_ATOMIX);
        messages.handle(type, executor, (peer, payload, answer) -> {
            Address from = Names.address(peer);
            answer.with(
                    readElsewhere ? Unread.refused(() -> handler.apply(from, payload)) : handler.apply(from, payload));
        });
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
        messages.handle(
                type,
                executor,
                (peer, payload, answer) -> Unread.refused(() -> handler.apply(Names.address(peer), payload))
                        .whenComplete((bytes, error) -> {
                            if (error == null) {
                                answer.with(bytes);
                            } else {
                                answer.failed();
                            }
                        }));
    }

    @Override
    public void unregisterHandler(String type) {
        messages.ignore(type);
    }

    @Override
    public CompletableFuture<MessagingService> start() {
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
