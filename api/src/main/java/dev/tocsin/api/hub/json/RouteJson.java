package dev.tocsin.api.hub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteOptions;
import dev.tocsin.core.route.RouteWalk;
import dev.tocsin.core.time.PrometheusDuration;
import java.io.IOException;
import java.util.List;

/** Writes routes and what becomes of alerts at them. */
public final class RouteJson {
    private RouteJson() {}

    /** The route with its children. */
    public static void tree(JsonGenerator json, Route route) throws IOException {
        json.writeStartObject();
        fields(json, route);
        json.writeArrayFieldStart("routes");
        for (Route child : route.children()) {
            tree(json, child);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The members of a route, without its children, into an object that is open. */
    public static void fields(JsonGenerator json, Route route) throws IOException {
        RouteOptions options = route.options();
        json.writeStringField("id", route.id());
        matchers(json, "matchers", route.matchers());
        json.writeBooleanField("continue", route.continueMatching());
        json.writeStringField("receiver", options.receiver());
        json.writeBooleanField("groupByAll", options.groupByAll());
        HubJson.texts(json, "groupBy", options.groupBy());
        json.writeStringField("groupWait", PrometheusDuration.print(options.groupWait()));
        json.writeStringField("groupInterval", PrometheusDuration.print(options.groupInterval()));
        json.writeStringField("repeatInterval", PrometheusDuration.print(options.repeatInterval()));
        HubJson.texts(json, "muteTimeIntervals", options.muteTimeIntervals());
        HubJson.texts(json, "activeTimeIntervals", options.activeTimeIntervals());
    }

    /** A field with matchers. */
    public static void matchers(JsonGenerator json, String field, List<Matcher> matchers) throws IOException {
        json.writeArrayFieldStart(field);
        for (Matcher matcher : matchers) {
            matcher(json, matcher);
        }
        json.writeEndArray();
    }

    /** One matcher. */
    public static void matcher(JsonGenerator json, Matcher matcher) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", matcher.name());
        json.writeStringField("operator", matcher.type().operator());
        json.writeStringField("value", matcher.value());
        json.writeEndObject();
    }

    /** What became of an alert at a node and below. */
    public static void walk(JsonGenerator json, RouteWalk walk) throws IOException {
        json.writeStartObject();
        fields(json, walk.route());
        json.writeStringField("conclusion", conclusion(walk.conclusion()));
        if (walk.conclusion() instanceof RouteWalk.NotTried notTried) {
            json.writeStringField("stoppedBy", notTried.stoppedBy().id());
        }
        json.writeArrayFieldStart("verdicts");
        for (RouteWalk.MatcherVerdict verdict : walk.matchers()) {
            json.writeStartObject();
            json.writeFieldName("matcher");
            matcher(json, verdict.matcher());
            json.writeStringField("value", verdict.value());
            json.writeBooleanField("matches", verdict.matches());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("routes");
        for (RouteWalk child : walk.children()) {
            walk(json, child);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String conclusion(RouteWalk.Conclusion conclusion) {
        return switch (conclusion) {
            case RouteWalk.Selected selected -> "selected";
            case RouteWalk.PassedOn passedOn -> "passed_on";
            case RouteWalk.Rejected rejected -> "rejected";
            case RouteWalk.NotTried notTried -> "not_tried";
        };
    }
}
