package dev.tocsin.core.store;

import dev.tocsin.core.ingest.AlertSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sources of reports apart: by the remote address and the origin of the generator URL, for clients that send
 * again what still fires. Bounded: the source that has not posted for longest is forgotten, after which its silence is no
 * longer taken as a sign. On the hub loop only.
 */
final class Sources {
    private static final int MAX_SOURCES = 4096;
    private static final List<String> RESENDERS =
            List.of("prometheus", "vmalert", "thanos", "cortex", "mimir", "loki", "grafana");
    private static final String GO_CLIENT = "Go-http-client/";
    private static final String VMALERT_PATH = "/vmalert/";

    private final Map<Source, Source> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Source> eldest) {
            return size() > MAX_SOURCES;
        }
    };
    private AlertSource lastPoster = new AlertSource("", "");
    private boolean lastResends;
    private @Nullable Source last;

    /**
     * The source of an alert that has just been posted; null if the client is not known to re-send.
     *
     * @param generatorUrl may be empty
     */
    @SuppressWarnings("ReferenceEquality") // the alerts of one post have the same poster
    @Nullable Source of(AlertSource poster, String generatorUrl, Instant now) {
        if (poster != lastPoster && !poster.equals(lastPoster)) {
            lastPoster = poster;
            lastResends = resends(poster.userAgent());
            last = null;
        } else {
            lastPoster = poster;
        }
        if (!lastResends && !isPlainVmalert(poster, generatorUrl)) {
            return null;
        }
        Source source = last;
        if (source == null || !comesFrom(generatorUrl, source.origin())) {
            source = known(poster.address(), origin(generatorUrl));
            last = source;
        }
        source.posted(now);
        return source;
    }

    /** The source with this address and origin; a new one if it is not known. */
    Source known(String address, String origin) {
        Source wanted = new Source(address, origin);
        Source known = sources.putIfAbsent(wanted, wanted);
        return known == null ? wanted : known;
    }

    /** The clock was set back by so much. */
    void setBack(Duration by) {
        sources.values().forEach(source -> source.setBack(by));
    }

    int size() {
        return sources.size();
    }

    private static boolean resends(String userAgent) {
        for (String name : RESENDERS) {
            if (userAgent.regionMatches(true, 0, name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    /** vmalert leaves Go's own User-Agent, which many one-shot programs have too, but its links are its own. */
    private static boolean isPlainVmalert(AlertSource poster, String generatorUrl) {
        return poster.userAgent().startsWith(GO_CLIENT) && generatorUrl.contains(VMALERT_PATH);
    }

    private static boolean comesFrom(String url, String origin) {
        return url.startsWith(origin) && origin.length() == originLength(url);
    }

    private static String origin(String url) {
        return url.substring(0, originLength(url));
    }

    private static int originLength(String url) {
        int scheme = url.indexOf("://");
        if (scheme <= 0) {
            return 0;
        }
        int at = scheme + 3;
        while (at < url.length() && !endsOrigin(url.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean endsOrigin(char c) {
        return c == '/' || c == '?' || c == '#';
    }
}
