package dev.tocsin.api.hub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.IntegrationExplanation;
import dev.tocsin.core.explain.LastNotification;
import dev.tocsin.core.explain.StageVerdict;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.route.OptionOrigins;
import dev.tocsin.core.route.RouteWalk;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes explanations. */
public final class ExplanationJson {
    private ExplanationJson() {}

    /** The members of an explanation, into an object that is open. */
    public static void fields(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeStringField("sentence", explanation.sentence());
        json.writeStringField("cause", word(explanation.cause()));
        json.writeStringField("fingerprint", LabelSet.fingerprintText(explanation.fingerprint()));
        LabelSet labels = explanation.labels();
        if (labels != null) {
            HubJson.labels(json, "labels", labels);
        }
        HubJson.time(json, "at", explanation.at());
        json.writeBooleanField("past", explanation.past());
        json.writeStringField("node", explanation.node());
        json.writeObjectFieldStart("standing");
        json.writeStringField("state", word(explanation.standing().state()));
        json.writeStringField("reason", explanation.standing().reason());
        json.writeEndObject();
        RouteWalk walk = explanation.routes();
        if (walk != null) {
            json.writeFieldName("routes");
            RouteJson.walk(json, walk);
        }
        json.writeArrayFieldStart("groups");
        for (GroupExplanation group : explanation.groups()) {
            group(json, group);
        }
        json.writeEndArray();
        json.writeNumberField("moreGroups", explanation.moreGroups());
        JournalJson.lines(json, "history", explanation.history());
        HubJson.texts(json, "notes", explanation.notes());
        HubJson.texts(json, "silentNodes", explanation.silentNodes());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void group(JsonGenerator json, GroupExplanation group) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("route");
        RouteJson.fields(json, group.route());
        json.writeEndObject();
        json.writeObjectFieldStart("inheritedFrom");
        origins(json, group.route().origins());
        json.writeEndObject();
        json.writeStringField("groupKey", group.groupKey());
        HubJson.labels(json, "labels", group.labels());
        json.writeBooleanField("member", group.member());
        json.writeNumberField("size", group.size());
        GroupMoment moment = group.moment();
        if (moment != null) {
            json.writeObjectFieldStart("timer");
            json.writeStringField("state", word(moment.state()));
            HubJson.time(json, "nextFlush", moment.nextFlush());
            HubJson.time(json, "dueSince", moment.dueSince());
            HubJson.time(json, "told", moment.told());
            json.writeBooleanField("running", moment.running());
            json.writeEndObject();
        }
        HubJson.texts(json, "order", group.order());
        stages(json, group.stages());
        json.writeArrayFieldStart("integrations");
        for (IntegrationExplanation integration : group.integrations()) {
            integration(json, integration);
        }
        json.writeEndArray();
        json.writeStringField("cause", word(group.cause()));
        json.writeStringField("text", group.text());
        json.writeEndObject();
    }

    /** Ids of routes; an empty one stands for the built-in default. */
    private static void origins(JsonGenerator json, OptionOrigins origins) throws IOException {
        json.writeStringField("receiver", origins.receiver());
        json.writeStringField("groupBy", origins.groupBy());
        json.writeStringField("groupWait", origins.groupWait());
        json.writeStringField("groupInterval", origins.groupInterval());
        json.writeStringField("repeatInterval", origins.repeatInterval());
    }

    private static void stages(JsonGenerator json, List<StageVerdict> stages) throws IOException {
        json.writeArrayFieldStart("stages");
        for (StageVerdict stage : stages) {
            json.writeStartObject();
            json.writeStringField("stage", word(stage.stage()));
            json.writeBooleanField("passes", stage.verdict() instanceof MuteVerdict.NotMuted);
            json.writeBooleanField("decides", stage.decides());
            by(json, stage.verdict());
            HubJson.time(json, "until", stage.until());
            json.writeStringField("text", stage.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What keeps the alert quiet: a fingerprint, ids of silences, or names of intervals. */
    private static void by(JsonGenerator json, MuteVerdict verdict) throws IOException {
        List<String> names = switch (verdict) {
            case MuteVerdict.NotMuted notMuted -> List.of();
            case MuteVerdict.Inhibited inhibited -> List.of(inhibited.source().fingerprintText());
            case MuteVerdict.OutsideActiveIntervals outside -> outside.names();
            case MuteVerdict.InsideMuteIntervals inside ->
                inside.names().stream().distinct().toList();
            case MuteVerdict.Silenced silenced -> silenced.ids();
        };
        HubJson.texts(json, "by", names);
    }

    private static void integration(JsonGenerator json, IntegrationExplanation integration) throws IOException {
        json.writeStartObject();
        json.writeStringField("integration", integration.integration());
        json.writeBooleanField("sendResolved", integration.sendResolved());
        json.writeBooleanField("sends", integration.sends());
        LastNotification last = integration.last();
        if (last != null) {
            json.writeObjectFieldStart("last");
            HubJson.time(json, "at", last.at());
            json.writeStringField("node", last.node());
            json.writeNumberField("sequence", last.sequence());
            json.writeBooleanField("possibleRepeat", last.marked());
            json.writeBooleanField("firing", last.firing());
            json.writeBooleanField("resolved", last.resolved());
            json.writeEndObject();
        }
        HubJson.time(json, "repeatAfter", integration.repeatAfter());
        json.writeStringField("doubt", integration.doubt());
        JournalJson.lines(json, "attempts", integration.attempts());
        json.writeStringField("cause", word(integration.cause()));
        json.writeStringField("text", integration.text());
        json.writeEndObject();
    }
}
