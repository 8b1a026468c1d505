package dev.tocsin.core.matcher;

import java.util.List;

/** A condition on a text. Implementations are immutable. */
interface TextTest {
    boolean test(String text);

    /** The only texts that pass, if they can be listed; otherwise empty. */
    default List<String> literals() {
        return List.of();
    }
}
