package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.Delimiter;

/** Goes through one piece of literal text and leaves its comments out. For one text, on one thread. */
final class TextWalk {
    private final String text;
    private final EndTag endTag;
    private final StringBuilder out = new StringBuilder();
    private Context context;
    private int written;

    TextWalk(String text, Context start) {
        this.text = text;
        this.endTag = new EndTag(text);
        this.context = start;
    }

    void run() throws HtmlException {
        int at = 0;
        while (at < text.length()) {
            Step step = Transitions.after(context, text, at, endTag);
            Context next = step.context();
            if (context.state() == State.TEXT || context.state() == State.RCDATA) {
                escapeLoneBrackets(at, step);
            } else if (isOutsideComment(context)) {
                replaceComment(step.end());
            }
            if (context.state() != next.state() && isOutsideComment(next)) {
                out.append(text, written, step.end() - (next.state() == State.COMMENT ? 4 : 2));
                written = step.end();
            }
            if (step.end() == at && context.equals(next)) {
                throw new HtmlException("cannot follow \"" + text.substring(at) + "\"");
            }
            context = next;
            at = step.end();
        }
        if (!isOutsideComment(context)) {
            out.append(text, written, text.length());
        }
    }

    /** Whether it is a comment that is left out; those within attributes stay. */
    private static boolean isOutsideComment(Context context) {
        return context.state().isComment() && context.delimiter() == Delimiter.NONE;
    }

    /** A bracket that begins no tag might begin one together with what an action prints. */
    private void escapeLoneBrackets(int from, Step step) {
        int end = step.end();
        if (step.context().state() != context.state()) {
            end = Math.max(from, text.lastIndexOf('<', end - 1));
        }
        for (int i = text.indexOf('<', from); i >= 0 && i < end; i = text.indexOf('<', i + 1)) {
            if (!text.regionMatches(true, i, "<!DOCTYPE", 0, 9)) {
                out.append(text, written, i).append("&lt;");
                written = i + 1;
            }
        }
    }

    /** What is left of a comment that ends, or that goes on behind this text. */
    private void replaceComment(int end) {
        switch (context.state()) {
            case JS_BLOCK_COMMENT -> {
                boolean lines = text.substring(written, end).chars().anyMatch(c -> "\n\r\u2028\u2029".indexOf(c) >= 0);
                out.append(lines ? '\n' : ' ');
            }
            case CSS_BLOCK_COMMENT -> out.append(' ');
            default -> {
                // nothing is left
            }
        }
        written = end;
    }

    /** The text without its comments. */
    String result() {
        return out.toString();
    }

    /** Where the document is behind it. */
    Context context() {
        return context;
    }
}
