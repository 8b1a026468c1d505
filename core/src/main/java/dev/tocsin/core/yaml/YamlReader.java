package dev.tocsin.core.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads the first document of a text into nodes; later documents are not looked at. One reader reads one text; not for
 * several threads.
 */
public final class YamlReader {
    private final String text;
    private final YamlLimits limits;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Map<String, Integer> anchoredSizes = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int counter;
    private int nodes;
    private int aliased;
    private int depth;

    /** A reader of {@code text} that keeps to {@code limits}. */
    public YamlReader(String text, YamlLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /**
     * The root of the first document.
     *
     * @return null if the text holds no document
     * @throws YamlSyntaxException if the text is not YAML or too large, too deep or too much aliased
     */
    public @Nullable YamlNode read() throws YamlSyntaxException {
        if (text.codePointCount(0, text.length()) > limits.codePoints()) {
            throw new YamlSyntaxException(
                    "yaml: document is longer than " + limits.codePoints() + " characters", YamlSpan.WHOLE);
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(limits.depth() + 1);
        options.setProcessComments(false);
        try {
            Parser events = new ParserImpl(new WholeText(text), options);
            while (true) {
                Event event = events.getEvent();
                if (event instanceof StreamEndEvent) {
                    return null;
                }
                if (event instanceof DocumentStartEvent) {
                    YamlNode root = node(events.getEvent(), events);
                    if (!(events.getEvent() instanceof DocumentEndEvent)) {
                        throw new IllegalStateException("a document has one root");
                    }
                    return root;
                }
            }
        } catch (MarkedYAMLException e) {
            throw syntax(e);
        } catch (ReaderException e) {
            throw syntax(e);
        } catch (YAMLException e) {
            throw new YamlSyntaxException("yaml: " + e.getMessage(), YamlSpan.WHOLE);
        }
    }

    private YamlNode node(Event event, Parser events) throws YamlSyntaxException {
        if (event instanceof AliasEvent alias) {
            return resolve(alias);
        }
        int before = nodes + aliased;
        String anchor = event instanceof NodeEvent named ? named.getAnchor() : null;
        if (anchor != null) {
            open.add(anchor);
        }
        nodes++;
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case MappingStartEvent start -> mapping(start, events);
            case CollectionStartEvent start -> sequence(start, events);
            default -> throw new IllegalStateException("no node starts with " + event);
        };
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, node);
            anchoredSizes.put(anchor, nodes + aliased - before);
        }
        return node;
    }

    private YamlNode resolve(AliasEvent alias) throws YamlSyntaxException {
        String anchor = alias.getAnchor();
        YamlSpan at = span(alias.getStartMark(), counter, counter);
        if (open.contains(anchor)) {
            throw new YamlSyntaxException("yaml: anchor '" + anchor + "' value contains itself", at);
        }
        YamlNode node = anchors.get(anchor);
        if (node == null) {
            throw new YamlSyntaxException("yaml: unknown anchor '" + anchor + "' referenced", at);
        }
        int size = anchoredSizes.getOrDefault(anchor, 1);
        if (size > limits.aliasedNodes() - aliased) {
            throw new YamlSyntaxException("yaml: document contains excessive aliasing", at);
        }
        aliased += size;
        return node;
    }

    private YamlNode scalar(ScalarEvent event) {
        int at = counter++;
        String tag = event.getTag();
        return new YamlNode.Scalar(
                span(event.getStartMark(), at, counter++), event.getValue(), event.isPlain(), shortTag(tag));
    }

    private YamlNode sequence(CollectionStartEvent start, Parser events) throws YamlSyntaxException {
        int opened = enter(start);
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.getEvent(); !(event instanceof SequenceEndEvent); event = events.getEvent()) {
            items.add(node(event, events));
        }
        depth--;
        return new YamlNode.Sequence(span(start.getStartMark(), opened, counter++), List.copyOf(items));
    }

    private YamlNode mapping(MappingStartEvent start, Parser events) throws YamlSyntaxException {
        int opened = enter(start);
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (Event event = events.getEvent(); !(event instanceof MappingEndEvent); event = events.getEvent()) {
            YamlNode key = node(event, events);
            entries.add(new YamlNode.Entry(key, node(events.getEvent(), events)));
        }
        depth--;
        return new YamlNode.Mapping(span(start.getStartMark(), opened, counter++), List.copyOf(entries));
    }

    private int enter(Event start) throws YamlSyntaxException {
        if (++depth > limits.depth()) {
            throw new YamlSyntaxException(
                    "yaml: line " + (start.getStartMark().getLine() + 1) + ": nested deeper than " + limits.depth()
                            + " levels",
                    span(start.getStartMark(), counter, counter));
        }
        return counter++;
    }

    private static YamlSpan span(Mark mark, int opened, int closed) {
        return new YamlSpan(mark.getLine() + 1, mark.getColumn() + 1, opened, closed);
    }

    private static @Nullable String shortTag(@Nullable String tag) {
        if (tag == null || tag.equals("!")) {
            return tag == null ? null : "!!str";
        }
        String prefix = "tag:yaml.org,2002:";
        return tag.startsWith(prefix) ? "!!" + tag.substring(prefix.length()) : tag;
    }

    private static YamlSyntaxException syntax(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
        String problem = e.getProblem() != null ? e.getProblem() : "cannot be read";
        if (mark == null) {
            return new YamlSyntaxException("yaml: " + problem, YamlSpan.WHOLE);
        }
        return new YamlSyntaxException("yaml: line " + (mark.getLine() + 1) + ": " + problem, span(mark, 0, 0));
    }

    /** The reader counts code points from the start of the text; people want lines. */
    private YamlSyntaxException syntax(ReaderException e) {
        int line = 1;
        int column = 1;
        int end = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
        for (int i = 0; i < end; i++) {
            column++;
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            }
        }
        return new YamlSyntaxException(
                String.format("yaml: line %d: control character U+%04X is not allowed", line, e.getCodePoint()),
                new YamlSpan(line, column, 0, 0));
    }
}
