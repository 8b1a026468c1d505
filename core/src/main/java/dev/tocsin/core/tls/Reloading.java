package dev.tocsin.core.tls;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something made of PEM texts that is made anew when one of the texts changes. While new texts cannot be used, as in the
 * middle of a rotation that replaces certificate and key one after the other, the last good one stays. Guarded by its
 * own lock.
 *
 * @param <T> what is made, such as an SSL context
 */
public final class Reloading<T> {
    private static final Logger log = LoggerFactory.getLogger(Reloading.class);

    private final List<PemSource> sources;
    private final Build<T> build;
    private @Nullable List<String> contents;
    private @Nullable T current;
    private String problem = "";

    /** Makes the thing from the texts of the sources, in their order. */
    @FunctionalInterface
    public interface Build<T> {
        /** Makes it; throws if the texts cannot be used. */
        T from(List<String> contents) throws TlsException;
    }

    /** Reads nothing yet. */
    public Reloading(List<? extends PemSource> sources, Build<T> build) {
        this.sources = List.copyOf(sources);
        this.build = build;
    }

    /**
     * Reads the sources and returns what they make: the same object as long as no text changed.
     *
     * @throws TlsException if they cannot be used and never could
     */
    public synchronized T current() throws TlsException {
        T last = current;
        try {
            List<String> now = new ArrayList<>(sources.size());
            for (PemSource source : sources) {
                now.add(source.read());
            }
            if (last != null && now.equals(contents)) {
                problem = "";
                return last;
            }
            T fresh = build.from(now);
            contents = now;
            current = fresh;
            problem = "";
            return fresh;
        } catch (TlsException e) {
            if (last == null) {
                throw e;
            }
            String message = String.valueOf(e.getMessage());
            if (!message.equals(problem)) {
                problem = message;
                log.atWarn()
                        .addKeyValue("component", "tls")
                        .addKeyValue("err", message)
                        .log("TLS files cannot be used, keeping what was loaded before");
            }
            return last;
        }
    }
}
