package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.Element;
import java.util.Locale;

/**
 * Finds in one text where the content of an element like {@code script} ends, and remembers it: a script of a thousand
 * strings is looked through once, not a thousand times. For one text, on one thread.
 */
final class EndTag {
    private final String text;
    private Element element = Element.NONE;
    private int begin = -1;
    private String content = "";

    EndTag(String text) {
        this.text = text;
    }

    /** Where the first end tag of {@code wanted} at or behind {@code from} begins; the end of the text if there is none. */
    int begin(Element wanted, int from) {
        if (element != wanted || begin < from) {
            element = wanted;
            begin = find("</" + wanted.name().toLowerCase(Locale.ROOT), from);
            content = text.substring(0, begin);
        }
        return begin;
    }

    /** All before the end tag that was found last. */
    String content() {
        return content;
    }

    private int find(String tag, int from) {
        for (int i = text.indexOf('<', from); i >= 0; i = text.indexOf('<', i + 1)) {
            int end = i + tag.length();
            if (text.regionMatches(true, i, tag, 0, tag.length())
                    && end < text.length()
                    && " \t\n\f\r/>".indexOf(text.charAt(end)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
