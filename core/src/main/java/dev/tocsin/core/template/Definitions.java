package dev.tocsin.core.template;

import dev.tocsin.core.template.parse.Block;
import dev.tocsin.core.template.parse.Definition;
import dev.tocsin.core.template.parse.Parser;
import dev.tocsin.core.template.parse.Source;
import dev.tocsin.core.template.parse.SyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the templates of files: later ones replace earlier ones, unless they are blank. On one thread. */
final class Definitions {
    /** A text that is nothing. */
    static final Definition EMPTY = new Definition("", new Source("", ""), new Block(List.of()));

    private final Set<String> functions;
    private final Map<String, Definition> byName = new HashMap<>();

    /** Empty; {@code functions} are the names of the functions that templates may call. */
    Definitions(Set<String> functions) {
        this.functions = functions;
    }

    /**
     * Adds what a file defines, and the file itself under its name.
     *
     * @throws TemplateException if it is no template
     */
    void add(String fileName, String text) throws TemplateException {
        try {
            Parser.parse(new Source(fileName, text), functions)
                    .forEach((name, definition) -> merge(byName, name, definition));
        } catch (SyntaxException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        }
    }

    /** A blank definition never replaces another. */
    static void merge(Map<String, Definition> into, String name, Definition definition) {
        if (!definition.body().isBlank() || !into.containsKey(name)) {
            into.put(name, definition);
        }
    }

    Map<String, Definition> all() {
        return Map.copyOf(byName);
    }
}
