package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.config.IntegrationKinds;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.core.yaml.YamlSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads receivers, then completes their integrations from the global settings (contract section 2.5). */
final class ReceiverDecoder {
    private final IntegrationKinds kinds;
    private final ConfigScope scope;

    ReceiverDecoder(IntegrationKinds kinds, ConfigScope scope) {
        this.kinds = kinds;
        this.scope = scope;
    }

    /** A receiver before inheritance. */
    record Draft(String name, Map<String, String> labels, List<Element> elements, YamlSpan at) {}

    /** An integration before inheritance; without settings if it was written as null. */
    record Element(
            IntegrationKind kind, int index, @Nullable IntegrationConfig config, YamlSpan at) {}

    Draft draft(YamlNode item) {
        if (item.isNull()) {
            return new Draft("", Map.of(), List.of(), item.span());
        }
        return scope.problems().struct(item, "config.plain", this::draft);
    }

    private Draft draft(YamlFields fields) {
        String name = fields.string("name");
        Map<String, String> labels = new LinkedHashMap<>(fields.stringMap("labels"));
        List<Element> elements = new ArrayList<>();
        for (IntegrationKind kind : kinds.all()) {
            int index = 0;
            for (Element element : fields.list(kind.configKey(), kind.elementType(), item -> element(kind, item))) {
                elements.add(new Element(kind, index++, element.config(), element.at()));
            }
        }
        refuseUnsupported(fields, name);
        String explicit = labels.putIfAbsent("name", name);
        if (name.isEmpty()) {
            fields.refuse("missing name in receiver");
        } else if (explicit != null && !explicit.equals(name)) {
            fields.refuseAt(
                    "labels",
                    "receiver label \"name\" must match receiver name " + GoQuote.quote(name) + ", got "
                            + GoQuote.quote(explicit));
        }
        return new Draft(name, labels, List.copyOf(elements), fields.node().span());
    }

    private Element element(IntegrationKind kind, YamlNode item) {
        boolean missing = item.isNull() && !kind.takesNull();
        return new Element(kind, 0, missing ? null : kind.decode(item, scope), item.span());
    }

    private void refuseUnsupported(YamlFields fields, String receiver) {
        for (String key : kinds.unsupported()) {
            YamlNode list = fields.node(key);
            boolean empty = list == null
                    || list.isNull()
                    || (list instanceof YamlNode.Sequence sequence
                            && sequence.items().isEmpty());
            if (list != null && !empty) {
                scope.problems()
                        .refuse(
                                list.span(),
                                "receiver " + GoQuote.quote(receiver) + ": " + key + " is not supported yet",
                                "supported are " + supported());
            }
        }
    }

    private String supported() {
        return String.join(
                ", ", kinds.all().stream().map(IntegrationKind::configKey).toList());
    }

    /** The receiver with everything that its integrations inherit. What is missing goes to {@code problems}. */
    static ReceiverConfig complete(Draft draft, GlobalConfig global, YamlProblems problems) {
        List<ReceiverConfig.Integration> integrations = new ArrayList<>();
        for (Element element : draft.elements()) {
            IntegrationConfig config = element.config();
            String kind = element.kind().name();
            if (config == null) {
                problems.refuse(YamlSpan.WHOLE, element.at(), "missing " + kind + " config", "write a map");
                continue;
            }
            try {
                IntegrationConfig full = element.kind().inherit(config, global);
                integrations.add(new ReceiverConfig.Integration(kind, element.index(), full));
            } catch (InvalidValueException e) {
                problems.refuse(YamlSpan.WHOLE, element.at(), e.getMessage(), "");
            }
        }
        return new ReceiverConfig(draft.name(), draft.labels(), List.copyOf(integrations));
    }
}
