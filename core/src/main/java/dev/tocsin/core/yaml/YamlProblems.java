package dev.tocsin.core.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Collects what is wrong in a document while it is decoded, and says which of it Alertmanager would report.
 *
 * <p>Alertmanager decodes depth first. Wrong kinds and unknown keys are gathered and reported together at the end; a value
 * that makes no sense stops everything at once, so the first of those wins and hides the gathered ones. A struct is
 * checked after its fields, and not at all if something inside has the wrong kind. Because every problem carries the
 * span of the node whose reading it ends, decoders may ask for fields in any order, and go on after a problem.
 *
 * <p>Not for several threads.
 */
public final class YamlProblems {
    private static final int BOUND = 1_000;

    private final List<YamlProblem> mistyped = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private record Refusal(YamlSpan endOf, YamlProblem problem) {}

    /** Nothing is wrong yet. */
    public YamlProblems() {}

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return mistyped.isEmpty() && refusals.isEmpty();
    }

    /** Whether no more wrong kinds are noted: there are too many already. */
    boolean isFull() {
        return mistyped.size() >= BOUND;
    }

    /**
     * Notes a wrong kind, an unknown key or a duplicate.
     *
     * @param message what is wrong
     * @param hint what would be right; may be empty
     */
    public void mistyped(YamlSpan at, String message, String hint) {
        if (!isFull()) {
            mistyped.add(new YamlProblem(message, at, hint));
        }
    }

    /** Notes that {@code node} cannot stand for the Go type {@code type}. */
    public void mistyped(YamlNode node, String type, String hint) {
        StringBuilder message = new StringBuilder("cannot unmarshal ").append(node.tag());
        if (node instanceof YamlNode.Scalar scalar) {
            String text = scalar.text();
            boolean whole = text.codePointCount(0, text.length()) <= 10;
            message.append(" `")
                    .append(whole ? text : text.substring(0, text.offsetByCodePoints(0, 7)) + "...")
                    .append('`');
        }
        mistyped(node.span(), message.append(" into ").append(type).toString(), hint);
    }

    /** Notes that a value makes no sense. */
    public void refuse(YamlSpan at, String message, String hint) {
        refuse(at, at, message, hint);
    }

    /**
     * Notes that a value makes no sense, which is found out when {@code endOf} has been read.
     *
     * @param at where to look
     * @param hint what would be right; may be empty
     */
    public void refuse(YamlSpan endOf, YamlSpan at, String message, String hint) {
        if (refusals.size() < BOUND) {
            refusals.add(new Refusal(endOf, new YamlProblem(message, at, hint)));
        }
    }

    /**
     * Reads a map with known keys.
     *
     * @param type the Go type that stands in messages, such as {@code config.plain}
     * @param reader asks for each key that may stand there; keys it does not ask for are unknown
     * @return what the reader made of it; if the node is no map, of an empty one
     */
    public <T> T struct(YamlNode node, String type, Function<YamlFields, T> reader) {
        YamlFields fields = YamlFields.of(this, node, type);
        T value = reader.apply(fields);
        fields.reportUnknown();
        return value;
    }

    /**
     * What Alertmanager would report.
     *
     * @return empty if nothing is wrong; one problem if a value makes no sense; else all wrong kinds in the order of the
     *     text
     */
    public List<YamlProblem> reported() {
        Refusal first = null;
        for (Refusal refusal : refusals) {
            boolean earlier =
                    first == null || refusal.endOf().closed() < first.endOf().closed();
            if (earlier && !hasMistypedIn(refusal.endOf())) {
                first = refusal;
            }
        }
        if (first != null) {
            return List.of(first.problem());
        }
        List<YamlProblem> all = new ArrayList<>(mistyped);
        all.sort(Comparator.comparingInt(problem -> problem.at().opened()));
        return List.copyOf(all);
    }

    /** Whether what {@link #reported} says is a gathering of wrong kinds rather than one senseless value. */
    public boolean reportsMistyped() {
        for (Refusal refusal : refusals) {
            if (!hasMistypedIn(refusal.endOf())) {
                return false;
            }
        }
        return !mistyped.isEmpty();
    }

    private boolean hasMistypedIn(YamlSpan span) {
        for (YamlProblem problem : mistyped) {
            if (span.contains(problem.at())) {
                return true;
            }
        }
        return false;
    }
}
