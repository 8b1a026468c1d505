package dev.tocsin.core.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.template.value.AlertFields;
import dev.tocsin.core.template.value.DataFields;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.ItemsType;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.Moment;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.time.Rfc3339;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the data of templates from JSON that has the form of a webhook's body. For one text, on one thread. */
public final class SampleData {
    private static final KeyValues NO_MAP = new KeyValues(LabelSet.EMPTY, true);
    private static final Items NO_ALERTS = new Items(List.of(), ItemsType.ALERTS, true);

    private final JsonParser json;
    private final Map<String, Text> texts = new HashMap<>();
    private final Map<String, KeyValues> maps = new HashMap<>();
    private Items alerts = NO_ALERTS;

    private SampleData(JsonParser json) {
        this.json = json;
    }

    /**
     * The data that {@code text} describes; what it leaves out is empty, and what it does not know is left out. The
     * receiver's name stays as it is written.
     *
     * @throws IOException if it is no JSON, or no object of this form
     */
    public static TemplateData read(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            return new SampleData(json).data();
        }
    }

    /** Two firing alerts of one group. */
    public static TemplateData firing() {
        return resource("sample-firing.json");
    }

    /** The same two alerts, resolved. */
    public static TemplateData resolved() {
        return resource("sample-resolved.json");
    }

    private static TemplateData resource(String name) {
        try {
            return read(TemplateLoader.resource(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TemplateData data() throws IOException {
        json.nextToken();
        object(this::field);
        return new TemplateData(new DataFields(
                text("receiver"),
                text("status"),
                alerts,
                text("notification_reason"),
                map("groupLabels"),
                map("commonLabels"),
                map("commonAnnotations"),
                map("routeLabels"),
                text("externalURL"),
                false));
    }

    private Text text(String name) {
        return texts.getOrDefault(name, Text.EMPTY);
    }

    private KeyValues map(String name) {
        return maps.getOrDefault(name, NO_MAP);
    }

    /** Takes the value of a field. */
    @FunctionalInterface
    private interface FieldReader {
        void read(String name) throws IOException;
    }

    private void object(FieldReader reader) throws IOException {
        expect(JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            reader.read(name);
        }
    }

    private void expect(JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw new IOException("line " + json.currentTokenLocation().getLineNr() + ": expected "
                    + (token == JsonToken.START_OBJECT ? "an object" : "a list") + ", found " + json.currentToken());
        }
    }

    private void field(String name) throws IOException {
        switch (json.currentToken()) {
            case VALUE_STRING -> texts.put(name, Text.of(json.getText()));
            case START_OBJECT -> maps.put(name, labels());
            case START_ARRAY -> {
                if (name.equals("alerts")) {
                    alerts = alerts();
                } else {
                    json.skipChildren();
                }
            }
            default -> json.skipChildren();
        }
    }

    private KeyValues labels() throws IOException {
        Map<String, String> labels = new HashMap<>();
        object(name -> {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new IOException(
                        "line " + json.currentTokenLocation().getLineNr() + ": " + name + " must be a string");
            }
            labels.put(name, json.getText());
        });
        return new KeyValues(LabelSet.of(labels));
    }

    private Items alerts() throws IOException {
        List<Value> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(new SampleData(json).alert());
        }
        return new Items(list, ItemsType.ALERTS);
    }

    private AlertFields alert() throws IOException {
        object(this::field);
        return new AlertFields(
                text("status"),
                map("labels"),
                map("annotations"),
                moment("startsAt"),
                moment("endsAt"),
                text("generatorURL"),
                text("fingerprint"));
    }

    private Moment moment(String name) throws IOException {
        String written = text(name).value();
        if (written.isEmpty()) {
            return Moment.ZERO;
        }
        try {
            var time = Rfc3339.parse(written);
            ZoneOffset offset = time.getOffset();
            return Moment.of(time.toInstant(), offset);
        } catch (InvalidTimeException e) {
            throw new IOException(name + ": " + e.getMessage());
        }
    }
}
