package dev.tocsin.api.grpc;

import com.google.rpc.Code;
import dev.tocsin.api.grpc.v1.WatchKind;
import dev.tocsin.api.watch.Batch;
import dev.tocsin.api.watch.Watch;
import dev.tocsin.api.web.Visits;
import dev.tocsin.api.web.Visits.Visit;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The open watches of the port. Messages are only made when the client's stream takes them. Safe for all threads. */
final class WatchStreams {
    private final Executor workers;
    private final Visits visits;
    private final Set<Stream<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * @param workers runs the making of messages
     * @param visits ends the watches of those who may not be here any more
     */
    WatchStreams(Executor workers, Visits visits) {
        this.workers = workers;
        this.visits = visits;
    }

    /**
     * Sends what a watch gives until the client or the node ends it.
     *
     * @param watch opens the watch, which calls the given wake
     * @param message makes the message for a batch
     */
    <T, R> void serve(StreamObserver<R> out, Function<Runnable, Watch<T>> watch, Function<Batch<T>, R> message) {
        Stream<T, R> stream = new Stream<>((ServerCallStreamObserver<R>) out, message);
        open.add(stream);
        stream.start(watch);
        if (stopped) {
            stream.end(stopping());
        }
    }

    /** Tells all clients to go on elsewhere, and those that come from now on. */
    void stop() {
        stopped = true;
        open.forEach(stream -> stream.end(stopping()));
    }

    private static RuntimeException stopping() {
        return Failures.of(
                Code.UNAVAILABLE, "STOPPING", "the node is stopping; go on at another one with the last cursor");
    }

    private static RuntimeException dismissed() {
        return Failures.of(
                Code.UNAUTHENTICATED, "DISMISSED", "the web configuration does not let this user in any more");
    }

    /** What a batch means. */
    static WatchKind kind(Batch<?> batch) {
        return switch (batch.kind()) {
            case RESET -> WatchKind.WATCH_KIND_RESET;
            case CHANGES -> WatchKind.WATCH_KIND_CHANGES;
            case SYNCED -> WatchKind.WATCH_KIND_SYNCED;
            case HEARTBEAT -> WatchKind.WATCH_KIND_HEARTBEAT;
        };
    }

    /** One client. Written by one worker at a time, which the counter of wishes makes sure of. */
    private final class Stream<T, R> {
        private final ServerCallStreamObserver<R> out;
        private final Function<Batch<T>, R> message;
        private final AtomicInteger wishes = new AtomicInteger();
        private volatile @Nullable Watch<T> watch;
        private volatile @Nullable RuntimeException end;
        private volatile Visit visit = Visit.NEVER_ENDING;
        private boolean closed;

        Stream(ServerCallStreamObserver<R> out, Function<Batch<T>, R> message) {
            this.out = out;
            this.message = message;
        }

        void start(Function<Runnable, Watch<T>> opener) {
            out.setOnReadyHandler(this::wake);
            // nobody reads this
            out.setOnCancelHandler(() -> end(Status.CANCELLED.asRuntimeException()));
            try {
                watch = opener.apply(this::wake);
            } catch (RuntimeException e) {
                open.remove(this);
                closed = true;
                out.onError(Failures.status(e));
                return;
            }
            visit = visits.begin(Caller.authorization(), () -> end(dismissed()));
            wake();
        }

        void end(RuntimeException why) {
            end = why;
            wake();
        }

        private void wake() {
            if (wishes.getAndIncrement() == 0) {
                workers.execute(this::run);
            }
        }

        private void run() {
            int seen = wishes.get();
            do {
                try {
                    send();
                } catch (RuntimeException e) {
                    finish(Failures.status(e));
                }
                seen = wishes.addAndGet(-seen);
            } while (seen != 0);
        }

        private void send() {
            Watch<T> source = watch;
            if (closed || source == null) {
                return;
            }
            visit.beat();
            while (end == null && out.isReady()) {
                Batch<T> batch = source.next();
                if (batch == null) {
                    return;
                }
                out.onNext(message.apply(batch));
            }
            RuntimeException why = end;
            if (why != null) {
                finish(why);
            }
        }

        private void finish(RuntimeException status) {
            if (closed) {
                return;
            }
            closed = true;
            open.remove(this);
            visit.close();
            Watch<T> source = watch;
            if (source != null) {
                source.close();
            }
            if (!out.isCancelled()) {
                out.onError(status);
            }
        }
    }
}
