package dev.tocsin.core.matcher;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;

/** A condition on a text. A dot in the expressions they stand for is no line feed. Immutable. */
sealed interface TextTest {
    boolean test(String text);

    /** Exactly {@code value}. */
    record Literal(String value) implements TextTest {
        @Override
        public boolean test(String text) {
            return value.equals(text);
        }
    }

    /** One of many texts. */
    record OneOf(Set<String> values) implements TextTest {
        @Override
        public boolean test(String text) {
            return values.contains(text);
        }
    }

    /** {@code abc.*} and {@code abc.+}. */
    record Prefix(String prefix, int minimum) implements TextTest {
        @Override
        public boolean test(String text) {
            return text.length() >= prefix.length() + minimum
                    && text.startsWith(prefix)
                    && text.indexOf('\n', prefix.length()) < 0;
        }
    }

    /** {@code .*abc} and {@code .+abc}. */
    record Suffix(String suffix, int minimum) implements TextTest {
        @Override
        public boolean test(String text) {
            int rest = text.length() - suffix.length();
            return rest >= minimum && text.endsWith(suffix) && text.lastIndexOf('\n', rest - 1) < 0;
        }
    }

    /** {@code .*abc.*}: line feeds may only stand within the plain text. */
    record Infix(String infix) implements TextTest {
        @Override
        public boolean test(String text) {
            int first = text.indexOf('\n');
            if (first < 0) {
                return text.contains(infix);
            }
            for (int at = text.indexOf(infix); at >= 0 && at <= first; at = text.indexOf(infix, at + 1)) {
                if (text.indexOf('\n', at + infix.length()) < 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What only an automaton can tell; the pattern is anchored. */
    record Automaton(Pattern pattern) implements TextTest {
        @Override
        public boolean test(String text) {
            return pattern.matcher(text).find();
        }
    }

    /** Any of several conditions. */
    record AnyOf(List<TextTest> tests) implements TextTest {
        @Override
        public boolean test(String text) {
            for (int i = 0; i < tests.size(); i++) {
                if (tests.get(i).test(text)) {
                    return true;
                }
            }
            return false;
        }
    }
}
