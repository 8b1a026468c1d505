package dev.tocsin.api.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.Matcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** {@code /receivers} (contract section 7.5). Safe for all threads. */
final class ReceiversResource {
    private final Hub hub;
    private final AlertQuery query;
    private final Answers answers;

    ReceiversResource(Hub hub, AlertQuery query, Answers answers) {
        this.hub = hub;
        this.query = query;
        this.answers = answers;
    }

    Response list(Request request) {
        List<Matcher> matchers;
        try {
            matchers = query.receiverMatchers(request.query());
        } catch (InvalidMatcherException e) {
            return answers.error(400, Objects.requireNonNullElse(e.getMessage(), ""));
        }
        List<ReceiverConfig> chosen = new ArrayList<>();
        for (ReceiverConfig receiver : hub.receivers()) {
            if (matchesAll(matchers, receiver.labels())) {
                chosen.add(receiver);
            }
        }
        return answers.value(200, json -> write(json, chosen));
    }

    private static boolean matchesAll(List<Matcher> matchers, Map<String, String> labels) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels.getOrDefault(matcher.name(), ""))) {
                return false;
            }
        }
        return true;
    }

    private static void write(JsonGenerator json, List<ReceiverConfig> receivers) throws IOException {
        json.writeStartArray();
        for (ReceiverConfig receiver : receivers) {
            json.writeStartObject();
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, String> label : new TreeMap<>(receiver.labels()).entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
            json.writeStringField("name", receiver.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
