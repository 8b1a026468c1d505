package dev.tocsin.core.template.exec;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.parse.Definition;
import dev.tocsin.core.template.parse.Node;
import dev.tocsin.core.template.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One call of a template: its variables, and where it is. For one execution, on one thread. */
final class Frame {
    private final Definition definition;
    private String[] names = new String[8];
    private Value[] values = new Value[8];
    private int count;
    private Node at;

    /** Begins with {@code data} as the variable {@code $}. */
    Frame(Definition definition, Node at, Value data) {
        this.definition = definition;
        this.at = at;
        declare("$", data);
    }

    /** Errors are reported at {@code node} from now on. */
    void at(Node node) {
        at = node;
    }

    ExecutionException error(String message) {
        return new ExecutionException("template: " + definition.source().position(at.at()) + ": executing "
                + GoQuote.quote(definition.name()) + " at <" + at + ">: " + message);
    }

    int mark() {
        return count;
    }

    /** Forgets what was declared after {@code mark}. */
    void rewind(int mark) {
        count = mark;
    }

    void declare(String name, Value value) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        names[count] = name;
        values[count++] = value;
    }

    /** The innermost variable of the name; null if there is none. */
    @Nullable Value find(String name) {
        for (int i = count - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    /** Assigns to the innermost variable of the name; false if there is none. */
    boolean assign(String name, Value value) {
        for (int i = count - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                values[i] = value;
                return true;
            }
        }
        return false;
    }

    /** Assigns to the variable declared {@code back} variables before the next one. */
    void assign(int back, Value value) {
        values[count - back] = value;
    }
}
