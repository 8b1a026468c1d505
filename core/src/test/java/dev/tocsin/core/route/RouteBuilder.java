package dev.tocsin.core.route;

import dev.tocsin.core.config.RouteConfig;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes route nodes for tests in a few words. */
public final class RouteBuilder {
    private @Nullable String receiver;
    private @Nullable List<String> groupBy;
    private final Map<String, String> match = new LinkedHashMap<>();
    private final Map<String, String> matchRe = new LinkedHashMap<>();
    private final List<Matcher> matchers = new ArrayList<>();
    private boolean continueMatching;
    private @Nullable Duration groupWait;
    private @Nullable Duration groupInterval;
    private @Nullable Duration repeatInterval;
    private List<String> mute = List.of();
    private List<String> active = List.of();
    private Map<String, String> labels = Map.of();
    private final List<RouteConfig> routes = new ArrayList<>();

    public RouteBuilder receiver(String name) {
        receiver = name;
        return this;
    }

    public RouteBuilder groupBy(String... names) {
        groupBy = Arrays.asList(names);
        return this;
    }

    public RouteBuilder match(String name, String value) {
        match.put(name, value);
        return this;
    }

    public RouteBuilder matchRe(String name, String regex) {
        matchRe.put(name, regex);
        return this;
    }

    public RouteBuilder matcher(String name, MatchType type, String value) {
        try {
            matchers.add(Matcher.of(name, type, value));
        } catch (InvalidMatcherException e) {
            throw new AssertionError(e);
        }
        Collections.sort(matchers);
        return this;
    }

    public RouteBuilder continueMatching() {
        continueMatching = true;
        return this;
    }

    public RouteBuilder wait(Duration duration) {
        groupWait = duration;
        return this;
    }

    public RouteBuilder interval(Duration duration) {
        groupInterval = duration;
        return this;
    }

    public RouteBuilder repeat(Duration duration) {
        repeatInterval = duration;
        return this;
    }

    public RouteBuilder mute(String... names) {
        mute = List.of(names);
        return this;
    }

    public RouteBuilder active(String... names) {
        active = List.of(names);
        return this;
    }

    public RouteBuilder labels(Map<String, String> routeLabels) {
        labels = routeLabels;
        return this;
    }

    public RouteBuilder child(RouteBuilder child) {
        routes.add(child.config());
        return this;
    }

    public RouteConfig config() {
        return new RouteConfig(
                receiver,
                groupBy,
                match,
                matchRe,
                matchers,
                continueMatching,
                groupWait,
                groupInterval,
                repeatInterval,
                mute,
                active,
                labels,
                routes);
    }

    public RouteTree tree() {
        return new RouteTree(config());
    }
}
