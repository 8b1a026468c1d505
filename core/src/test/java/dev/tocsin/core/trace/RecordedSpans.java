package dev.tocsin.core.trace;

import dev.tocsin.core.config.TracingConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps spans as paths of names, in the order in which they end; refuses configurations when told to. One thread. */
public final class RecordedSpans implements Tracing {
    private final List<String> ended = new ArrayList<>();
    private final List<String> causes = new ArrayList<>();
    private final Deque<Span> entered = new ArrayDeque<>();
    private @Nullable TracingConfig config;
    private boolean off;
    private boolean refusing;
    private boolean broken;

    /** Nothing has ended yet. */
    public RecordedSpans() {}

    /** From now on no configuration can be prepared. */
    public void refuse() {
        refusing = true;
    }

    /** From now on what was prepared cannot be put in force. */
    public void breakDown() {
        broken = true;
    }

    /** From now on spans are said to go nowhere; they are kept all the same. */
    public void off() {
        off = true;
    }

    @Override
    public boolean isTracing() {
        return !off;
    }

    /** What has ended, such as {@code root/child}; with {@code !message} if it failed. */
    public List<String> ended() {
        return List.copyOf(ended);
    }

    /** The paths of the spans that were named as causes of others. */
    public List<String> causes() {
        return List.copyOf(causes);
    }

    /** The configuration in force. */
    public @Nullable TracingConfig config() {
        return config;
    }

    @Override
    public Change prepare(@Nullable TracingConfig wanted) throws TracingException {
        if (refusing) {
            throw new TracingException("no tracing today");
        }
        return new Change() {
            @Override
            public void apply() {
                if (broken) {
                    throw new IllegalStateException("broken");
                }
                config = wanted;
            }

            @Override
            public void discard() {}
        };
    }

    @Override
    public Span root(String name, List<SpanLink> links) {
        links.forEach(link -> causes.add(link.toString()));
        return new Recorded(name);
    }

    @Override
    public Span received(String name, Function<String, @Nullable String> header) {
        String parent = header.apply("traceparent");
        return new Recorded(parent == null ? name : parent + "/" + name);
    }

    @Override
    public Span current() {
        Span current = entered.peek();
        return current == null ? Span.NONE : current;
    }

    private record Named(String path) implements SpanLink {
        @Override
        public String toString() {
            return path;
        }
    }

    private final class Recorded implements Span {
        private final String path;
        private String failure = "";

        Recorded(String path) {
            this.path = path;
        }

        @Override
        public Span child(String name) {
            return new Recorded(path + "/" + name);
        }

        @Override
        public Span attribute(String key, String value) {
            return this;
        }

        @Override
        public Span attribute(String key, long value) {
            return this;
        }

        @Override
        public void fail(String message) {
            failure = "!" + message;
        }

        @Override
        public <T> T call(Callable<T> work) throws Exception {
            entered.push(this);
            try {
                return work.call();
            } finally {
                entered.pop();
            }
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("traceparent", path);
        }

        @Override
        public SpanLink link() {
            return new Named(path);
        }

        @Override
        public void end() {
            ended.add(path + failure);
        }
    }
}
