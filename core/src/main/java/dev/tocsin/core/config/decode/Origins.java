package dev.tocsin.core.config.decode;

import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlSpan;
import java.util.IdentityHashMap;

/** Remembers where the parts of a configuration were written, for the checks that follow decoding. */
final class Origins {
    private final IdentityHashMap<Object, YamlNode> nodes = new IdentityHashMap<>();
    private final IdentityHashMap<Object, YamlFields> fields = new IdentityHashMap<>();

    <T> T keep(T part, YamlNode node) {
        nodes.put(part, node);
        return part;
    }

    <T> T keep(T part, YamlFields from) {
        fields.put(part, from);
        return keep(part, from.node());
    }

    /** Where a part begins; the whole text if that is not known. */
    YamlSpan of(Object part) {
        YamlNode node = nodes.get(part);
        return node == null ? YamlSpan.WHOLE : node.span();
    }

    /** Where the value of {@code key} of a part begins, or the part if it has no such key. */
    YamlSpan of(Object part, String key) {
        YamlFields from = fields.get(part);
        YamlNode value = from == null ? null : from.node(key);
        return value == null ? of(part) : value.span();
    }
}
