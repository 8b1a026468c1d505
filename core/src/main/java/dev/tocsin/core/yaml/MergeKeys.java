package dev.tocsin.core.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Merge keys ({@code <<: *defaults}). As in Alertmanager a merged map counts where it stands: what comes later wins, also
 * a merged key over a written one.
 */
final class MergeKeys {
    private final YamlProblems problems;

    MergeKeys(YamlProblems problems) {
        this.problems = problems;
    }

    /** Hands the maps that make up {@code mapping} to {@code use}, the merged ones in their place, each without its merge keys. */
    void flatten(YamlNode.Mapping mapping, Consumer<List<YamlNode.Entry>> use) {
        List<YamlNode.Entry> run = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!isMerge(entry.key())) {
                run.add(entry);
                continue;
            }
            use.accept(List.copyOf(run));
            run.clear();
            merge(entry.value(), use);
        }
        use.accept(run);
    }

    private void merge(YamlNode merged, Consumer<List<YamlNode.Entry>> use) {
        switch (merged) {
            case YamlNode.Mapping mapping -> flatten(mapping, use);
            case YamlNode.Sequence sequence -> {
                for (YamlNode item : sequence.items().reversed()) {
                    if (item instanceof YamlNode.Mapping mapping) {
                        flatten(mapping, use);
                    } else {
                        refuse(item);
                    }
                }
            }
            case YamlNode.Scalar scalar -> refuse(scalar);
        }
    }

    private void refuse(YamlNode node) {
        problems.refuse(node.span(), "yaml: map merge requires map or sequence of maps as the value", "");
    }

    static boolean isMerge(YamlNode key) {
        return key instanceof YamlNode.Scalar scalar
                && scalar.text().equals("<<")
                && scalar.plain()
                && (scalar.explicitTag() == null || scalar.explicitTag().equals("!!merge"));
    }
}
