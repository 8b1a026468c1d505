package dev.tocsin.core.hub;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.inhibit.Inhibitor;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.notify.NotifierFactory;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.notify.Receivers;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateLoader;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.trace.Tracing;
import dev.tocsin.core.trace.Tracing.TracingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is built from a configuration before it takes effect: everything that can fail. Built on a worker, because
 * integrations read files; nothing of it is in force yet.
 *
 * @param text the normalised configuration, secrets masked
 * @param tracing not in force yet
 * @param intervals the time intervals of each route, by the route's number
 */
record ConfigChange(
        Config config,
        ConfigText text,
        RouteTree routes,
        Inhibitor inhibitor,
        Receivers receivers,
        TemplateSet templates,
        Tracing.Change tracing,
        List<RouteIntervals> intervals) {
    private static final Logger log = LoggerFactory.getLogger(ConfigChange.class);

    /**
     * Builds the receivers that routes name, and everything else.
     *
     * @throws NotifierBuildException if an integration cannot be built
     * @throws TemplateException if a template file cannot be used
     * @throws TracingException if spans cannot be exported as configured
     * @throws InvalidMatcherException if an inhibition rule's regular expression does not compile
     */
    static ConfigChange build(
            Config config, ConfigPrinter printer, TemplateLoader loader, NotifierFactory notifiers, Tracing tracing)
            throws NotifierBuildException, InvalidMatcherException, TemplateException, TracingException {
        RouteTree routes = new RouteTree(config.route());
        Inhibitor inhibitor = new Inhibitor(config.inhibitRules());
        List<RouteIntervals> intervals = RouteIntervals.resolve(routes, config.allTimeIntervals());
        ConfigText text = new ConfigText(printer, config);
        TemplateSet templates = loader.load(config.templates());
        // Last, because what is built here must be closed again if something else fails.
        Receivers receivers = Receivers.build(referenced(config.receivers(), routes.receivers()), notifiers, templates);
        try {
            Tracing.Change traced = tracing.prepare(config.tracing());
            return new ConfigChange(config, text, routes, inhibitor, receivers, templates, traced, intervals);
        } catch (TracingException | RuntimeException e) {
            receivers.close();
            throw e;
        }
    }

    private static List<ReceiverConfig> referenced(List<ReceiverConfig> receivers, Set<String> named) {
        List<ReceiverConfig> used = new ArrayList<>();
        for (ReceiverConfig receiver : receivers) {
            if (named.contains(receiver.name())) {
                used.add(receiver);
            } else {
                log.atInfo()
                        .addKeyValue("component", "configuration")
                        .addKeyValue("receiver", receiver.name())
                        .log("skipping creation of receiver not referenced by any route");
            }
        }
        return used;
    }

    /** The intervals of {@code route}, which is a node of {@link #routes}. */
    RouteIntervals intervals(Route route) {
        return intervals.get(route.number());
    }

    /** The labels of all receivers by name. */
    Map<String, LabelSet> receiverLabels() {
        Map<String, LabelSet> labels = new HashMap<>();
        for (ReceiverConfig receiver : config.receivers()) {
            labels.put(receiver.name(), LabelSet.of(receiver.labels()));
        }
        return Map.copyOf(labels);
    }

    /** Logs what an operator should know about the routes. */
    void warn(Duration retention) {
        for (Route route : routes.routes()) {
            Duration repeat = route.options().repeatInterval();
            if (repeat.compareTo(retention) > 0) {
                warn(
                        route,
                        "retention",
                        retention,
                        "repeat_interval is greater than the data retention period; "
                                + "notifications repeat when the log has forgotten them");
            }
            if (repeat.compareTo(route.options().groupInterval()) < 0) {
                warn(
                        route,
                        "group_interval",
                        route.options().groupInterval(),
                        "repeat_interval is less than "
                                + "group_interval; notifications repeat at each group_interval");
            }
        }
    }

    private static void warn(Route route, String key, Duration value, String message) {
        log.atWarn()
                .addKeyValue("component", "configuration")
                .addKeyValue("route", route.id())
                .addKeyValue(
                        "repeat_interval",
                        PrometheusDuration.print(route.options().repeatInterval()))
                .addKeyValue(key, PrometheusDuration.print(value))
                .log(message);
    }
}
