package dev.tocsin.core.template;

import dev.tocsin.core.template.parse.Definition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text that is ready to run.
 *
 * @param main the text itself
 * @param own what it defines, or for HTML every template that it comes to; found first
 */
record Program(Definition main, Map<String, Definition> own) {
    @Nullable Definition find(String name, Map<String, Definition> shared) {
        Definition definition = own.get(name);
        return definition == null ? shared.get(name) : definition;
    }
}
