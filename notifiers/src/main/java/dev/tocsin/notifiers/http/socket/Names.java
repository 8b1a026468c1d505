package dev.tocsin.notifiers.http.socket;

import dev.tocsin.notifiers.http.message.TransportException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Finds the addresses of hosts in a way that a deadline can end. A look-up blocks in the system's resolver, where no
 * interrupt reaches it and where a virtual thread would hold on to its carrier; so look-ups run on a few platform threads,
 * enough of them that some names that hang do not stand in the way of others, and who waits for one can be interrupted. Safe for all threads.
 */
public final class Names implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int WAITING = 256;

    private final HostLookup lookup;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> running = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /** Starts threads as they are needed. */
    public Names(HostLookup lookup) {
        this.lookup = lookup;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "tocsin-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The addresses of a host, which may be an address already. Look-ups of one name at one time are one.
     *
     * @return not empty
     */
    public List<InetAddress> find(String host) throws TransportException, InterruptedException {
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> before = running.putIfAbsent(host, found);
        if (before == null) {
            start(host, found);
        }
        try {
            return (before == null ? found : before).get();
        } catch (ExecutionException e) {
            throw TransportException.unreachable(
                    "dial tcp: lookup " + host + ": " + reason(host, e.getCause() == null ? e : e.getCause()));
        }
    }

    private void start(String host, CompletableFuture<List<InetAddress>> found) {
        try {
            threads.execute(() -> {
                try {
                    found.complete(List.of(lookup.lookup(host)));
                } catch (UnknownHostException | RuntimeException e) {
                    found.completeExceptionally(e);
                } finally {
                    running.remove(host, found);
                }
            });
        } catch (RejectedExecutionException e) {
            running.remove(host, found);
            found.completeExceptionally(new UnknownHostException("too many look-ups under way"));
        }
    }

    private static String reason(String host, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.equals(host) || message.contains("not known") || message.contains("No address associated")) {
            return "no such host";
        }
        return message.startsWith(host + ": ") ? message.substring(host.length() + 2) : message;
    }

    /** The address that a text is; empty if it is a name. */
    public static Optional<InetAddress> literal(String host) {
        try {
            return host.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
