package dev.tocsin.core.template.html;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.html.Context.Delimiter;
import dev.tocsin.core.template.parse.Block;
import dev.tocsin.core.template.parse.Definition;
import dev.tocsin.core.template.parse.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes templates safe: walks through a template and all that it calls, finds out where in the document each action
 * stands and appends what escapes for that place to its pipeline. A template that is called in several places becomes
 * several templates. For one text, on one thread.
 */
public final class HtmlEscaper {
    /** Templates times places; what real documents need is far below. */
    private static final int MAX_TEMPLATES = 10_000;

    /** Nodes that are looked at, again in each place that they are called from. */
    private static final int MAX_NODES = 1_000_000;

    private final Function<String, @Nullable Definition> definitions;
    private int nodes;
    private final Map<String, Definition> escaped = new HashMap<>();
    private final Map<String, Context> ends = new HashMap<>();
    private final Set<String> assumed = new HashSet<>();

    private HtmlEscaper(Function<String, @Nullable Definition> definitions) {
        this.definitions = definitions;
    }

    /**
     * All templates that {@code main} comes to, safe, by the names that their calls have now; {@code main} itself has the
     * empty name.
     *
     * @param definitions what can be called
     * @throws HtmlException if the structure of the document cannot be understood
     */
    public static Map<String, Definition> escape(Definition main, Function<String, @Nullable Definition> definitions)
            throws HtmlException {
        HtmlEscaper escaper = new HtmlEscaper(definitions);
        Walk walk = escaper.new Walk(main);
        Section section = walk.block(Context.START, main.body());
        if (section.end().state() != State.TEXT) {
            throw new HtmlException("html/template: ends in a non-text context: " + section.end());
        }
        escaper.escaped.put("", new Definition(main.name(), main.source(), section.block()));
        return Map.copyOf(escaper.escaped);
    }

    /** An escaped block and where it ends. */
    private record Section(Block block, Context end) {}

    /** An escaped node and where it ends. */
    private record Part(Node node, Context end) {}

    /** Where {@code name} ends if it is called at {@code start}; escapes it if that is not done yet. */
    private Context call(String key, Definition definition, Context start) throws HtmlException {
        Context known = ends.get(key);
        if (known != null) {
            assumed.add(key);
            return known;
        }
        if (escaped.size() + ends.size() > MAX_TEMPLATES) {
            throw new HtmlException("html/template: more than " + MAX_TEMPLATES + " templates");
        }
        // A template that calls itself is taken to end where it begins; if it does not, where the first try ended.
        Context guess = start;
        for (int attempt = 0; attempt < 3; attempt++) {
            assumed.remove(key);
            ends.put(key, guess);
            Section section = new Walk(definition).block(start, definition.body());
            if (section.end().equals(guess) || !assumed.contains(key)) {
                ends.put(key, section.end());
                escaped.put(key, new Definition(definition.name(), definition.source(), section.block()));
                return section.end();
            }
            guess = section.end();
        }
        throw new HtmlException("html/template: cannot compute output context for template " + definition.name());
    }

    /** The walk through one template. */
    private final class Walk {
        private final Definition definition;
        private @Nullable List<Context> jumps;

        Walk(Definition definition) {
            this.definition = definition;
        }

        private HtmlException error(Node node, String message) {
            return new HtmlException("html/template:" + definition.source().position(node.at()) + ": " + message);
        }

        Section block(Context start, Block block) throws HtmlException {
            List<Node> nodes = new ArrayList<>(block.nodes().size());
            Context context = start;
            for (Node node : block.nodes()) {
                Part part = part(context, node);
                nodes.add(part.node());
                context = part.end();
            }
            return new Section(new Block(nodes), context);
        }

        private Part part(Context start, Node node) throws HtmlException {
            if (++nodes > MAX_NODES) {
                throw error(node, "more than " + MAX_NODES + " nodes in all places that they stand in");
            }
            return switch (node) {
                case Node.Text text -> text(start, text);
                case Node.Action action -> action(start, action);
                case Node.If(int at, Node.Pipe pipe, Block then, Block otherwise) -> {
                    Section yes = block(start, then);
                    Section no = otherwise == null ? null : block(start, otherwise);
                    Context end = join(node, "if", yes.end(), no == null ? start : no.end());
                    yield new Part(new Node.If(at, pipe, yes.block(), no == null ? null : no.block()), end);
                }
                case Node.With(int at, Node.Pipe pipe, Block then, Block otherwise) -> {
                    Section yes = block(start, then);
                    Section no = otherwise == null ? null : block(start, otherwise);
                    Context end = join(node, "with", yes.end(), no == null ? start : no.end());
                    yield new Part(new Node.With(at, pipe, yes.block(), no == null ? null : no.block()), end);
                }
                case Node.Range range -> range(start, range);
                case Node.Call call -> template(start, call);
                case Node.Break jump -> jump(start, jump);
                case Node.Continue jump -> jump(start, jump);
                default -> throw error(node, "unexpected node");
            };
        }

        private Part jump(Context start, Node jump) {
            if (jumps != null) {
                jumps.add(start);
            }
            return new Part(jump, start.in(State.DEAD));
        }

        /**
         * A body that runs again must begin where it ended. Where that is the same place there is nothing to find out: to
         * look all the same would double the work with each loop within a loop.
         */
        private Part range(Context start, Node.Range range) throws HtmlException {
            List<Context> outer = jumps;
            jumps = new ArrayList<>();
            Section body = block(start, range.each());
            Context end = body.end();
            for (Context jump : jumps) {
                end = join(range, "range", end, jump);
            }
            if (end.state() != State.DEAD && !end.equals(start)) {
                jumps = new ArrayList<>();
                Section again = block(end, range.each());
                end = join(range, "range", end, again.end());
            }
            jumps = outer;
            Section none = range.otherwise() == null ? null : block(start, range.otherwise());
            end = join(range, "range", end, none == null ? start : none.end());
            return new Part(
                    new Node.Range(range.at(), range.pipe(), body.block(), none == null ? null : none.block()), end);
        }

        private Context join(Node node, String action, Context a, Context b) throws HtmlException {
            Context joined = Joining.join(a, b);
            if (joined == null) {
                throw error(node, "{{" + action + "}} branches end in different contexts: " + a + ", " + b);
            }
            return joined;
        }

        private Part template(Context start, Node.Call call) throws HtmlException {
            Definition called = definitions.apply(call.name());
            if (called == null) {
                throw error(call, "no such template " + GoQuote.quote(call.name()));
            }
            Context place = start.nudged();
            String key = call.name() + "\0" + place;
            Context end = HtmlEscaper.this.call(key, called, place);
            return new Part(new Node.Call(call.at(), key, call.quoted(), call.pipe()), end);
        }

        private Part action(Context start, Node.Action action) throws HtmlException {
            if (!action.pipe().variables().isEmpty()) {
                return new Part(action, start);
            }
            Context place = start.nudged();
            List<String> escapers;
            Node.Pipe pipe;
            try {
                escapers = Choice.escapers(place);
                pipe = Choice.append(action.pipe(), escapers, place.delimiter() == Delimiter.SPACE_OR_TAG_END);
            } catch (HtmlException e) {
                throw error(action, String.valueOf(e.getMessage()));
            }
            return new Part(new Node.Action(action.at(), pipe), Choice.behind(place));
        }

        private Part text(Context start, Node.Text text) throws HtmlException {
            try {
                TextWalk walk = new TextWalk(text.text(), start);
                walk.run();
                return new Part(new Node.Text(text.at(), walk.result()), walk.context());
            } catch (HtmlException e) {
                throw error(text, String.valueOf(e.getMessage()));
            }
        }
    }
}
