package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.Slash;
import dev.tocsin.core.template.parse.Node;
import dev.tocsin.core.template.parse.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Chooses what escapes an action's value, by its place. Stateless. */
final class Choice {
    private static final Set<String> HTML = Set.of(Escaping.TEXT, Escaping.RCDATA, Escaping.ATTRIBUTE);
    private static final Set<String> URL = Set.of(Escaping.URL_ENCODE, Escaping.URL_NORMALIZE);

    private Choice() {}

    /**
     * What a value at {@code place} goes through.
     *
     * @throws HtmlException if the place is not understood
     */
    static List<String> escapers(Context place) throws HtmlException {
        List<String> escapers = new ArrayList<>();
        switch (place.state()) {
            case TEXT -> escapers.add(Escaping.TEXT);
            case RCDATA -> escapers.add(Escaping.RCDATA);
            case ATTRIBUTE_NAME -> escapers.add(Escaping.ATTRIBUTE_NAME);
            case ATTRIBUTE -> {
                // only what the delimiter asks for
            }
            case URL, CSS_DOUBLE_QUOTED, CSS_SINGLE_QUOTED, CSS_DOUBLE_QUOTED_URL, CSS_SINGLE_QUOTED_URL, CSS_URL ->
                url(escapers, place);
            case SRCSET -> escapers.add(Escaping.SRCSET);
            case CSS -> escapers.add(Escaping.STYLE_VALUE);
            case JS -> escapers.add(Escaping.SCRIPT_VALUE);
            case JS_DOUBLE_QUOTED, JS_SINGLE_QUOTED -> escapers.add(Escaping.SCRIPT_STRING);
            case JS_TEMPLATE -> escapers.add(Escaping.SCRIPT_TEMPLATE);
            case COMMENT, JS_BLOCK_COMMENT, JS_LINE_COMMENT, CSS_BLOCK_COMMENT, CSS_LINE_COMMENT, DEAD ->
                escapers.add(Escaping.COMMENT);
            case JS_REGEX, TAG, AFTER_NAME, BEFORE_VALUE ->
                throw new HtmlException("unexpected action in " + place.state().go());
        }
        switch (place.delimiter()) {
            case NONE -> {
                // not in an attribute
            }
            case SPACE_OR_TAG_END -> escapers.add(Escaping.UNQUOTED);
            case DOUBLE_QUOTE, SINGLE_QUOTE -> escapers.add(Escaping.ATTRIBUTE);
        }
        return escapers;
    }

    private static void url(List<String> escapers, Context place) throws HtmlException {
        boolean styleString = place.state() == State.CSS_DOUBLE_QUOTED || place.state() == State.CSS_SINGLE_QUOTED;
        switch (place.part()) {
            case NONE -> {
                escapers.add(Escaping.URL_FILTER);
                escapers.add(styleString ? Escaping.STYLE_STRING : Escaping.URL_NORMALIZE);
            }
            case PRE_QUERY -> escapers.add(styleString ? Escaping.STYLE_STRING : Escaping.URL_NORMALIZE);
            case QUERY_OR_FRAGMENT -> escapers.add(Escaping.URL_ENCODE);
            case UNKNOWN -> throw new HtmlException("action appears in an ambiguous context within a URL");
        }
    }

    /** Where the document is behind a value at {@code place}. */
    static Context behind(Context place) {
        return place.state() == State.JS ? place.with(Slash.DIVISION) : place;
    }

    /**
     * The pipeline with the escapers behind it. Where a template escapes by itself with {@code html} or {@code urlquery},
     * and one of the escapers does the same, it is done once, in the escaper's place.
     *
     * @throws HtmlException if the template escapes where it cannot be right
     */
    static Node.Pipe append(Node.Pipe pipe, List<String> escapers, boolean unquoted) throws HtmlException {
        List<Node.Command> commands = new ArrayList<>(pipe.commands());
        List<String> names = new ArrayList<>(escapers);
        for (int i = 0; i < commands.size(); i++) {
            String own = ownEscaper(commands.get(i));
            boolean last = i == commands.size() - 1;
            if (!own.isEmpty() && (!last || (unquoted && own.equals("html")))) {
                throw new HtmlException("predefined escaper \"" + own + "\" disallowed in template");
            }
            if (!own.isEmpty()) {
                merge(commands, names, own);
            }
        }
        for (String name : names) {
            commands.add(new Node.Command(pipe.at(), List.of(new Operand.Function(pipe.at(), name))));
        }
        return new Node.Pipe(pipe.at(), pipe.assigns(), pipe.variables(), commands);
    }

    private static String ownEscaper(Node.Command command) {
        return command.operands().getFirst() instanceof Operand.Function(int at, String name)
                        && (name.equals("html") || name.equals("urlquery"))
                ? name
                : "";
    }

    private static void merge(List<Node.Command> commands, List<String> names, String own) {
        Set<String> same = own.equals("html") ? HTML : URL;
        boolean found = false;
        for (int i = 0; i < names.size(); i++) {
            if (same.contains(names.get(i))) {
                names.set(i, own);
                found = true;
            }
        }
        if (!found) {
            return;
        }
        Node.Command last = commands.removeLast();
        if (last.operands().size() > 1) {
            List<Operand> joined = new ArrayList<>(last.operands());
            joined.set(0, new Operand.Function(last.at(), Escaping.JOIN));
            commands.add(new Node.Command(last.at(), joined));
        }
    }
}
