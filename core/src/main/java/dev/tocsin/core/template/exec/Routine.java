package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Value;
import java.util.List;

/**
 * A function or method.
 *
 * @param parameters what it takes; for a variadic one the last is the type of all that follow
 * @param variadic whether the last parameter may be given any number of times
 * @param body what it does; the receiver of a method comes first
 */
record Routine(List<Parameter> parameters, boolean variadic, Body body) {
    /** What a function does. */
    @FunctionalInterface
    interface Body {
        /**
         * Computes the result.
         *
         * @throws FunctionException if it refuses what it is given
         */
        Value call(Environment environment, Value[] arguments) throws FunctionException;
    }

    static Routine of(Body body, Parameter... parameters) {
        return new Routine(List.of(parameters), false, body);
    }

    static Routine variadic(Body body, Parameter... parameters) {
        return new Routine(List.of(parameters), true, body);
    }

    /** How many arguments must be there. */
    int fixed() {
        return variadic ? parameters.size() - 1 : parameters.size();
    }

    Parameter parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }
}
