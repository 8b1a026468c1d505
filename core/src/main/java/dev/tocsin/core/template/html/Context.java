package dev.tocsin.core.template.html;

/**
 * All that matters of a place in a document.
 *
 * @param delimiter what ends the attribute's value
 * @param part where in a URL
 * @param slash what a slash would begin in JavaScript
 * @param attribute what kind of attribute's name or value it is, until the value begins
 * @param element the element whose content or tag it is, if that matters
 */
record Context(State state, Delimiter delimiter, UrlPart part, Slash slash, AttributeKind attribute, Element element) {
    /** The beginning of a document. */
    static final Context START =
            new Context(State.TEXT, Delimiter.NONE, UrlPart.NONE, Slash.REGEX, AttributeKind.NONE, Element.NONE);

    /** What ends an attribute's value. */
    enum Delimiter {
        NONE("delimNone"),
        DOUBLE_QUOTE("delimDoubleQuote"),
        SINGLE_QUOTE("delimSingleQuote"),
        SPACE_OR_TAG_END("delimSpaceOrTagEnd");

        private final String go;

        Delimiter(String go) {
            this.go = go;
        }
    }

    /** Where in a URL a place is. */
    enum UrlPart {
        NONE("urlPartNone"),
        PRE_QUERY("urlPartPreQuery"),
        QUERY_OR_FRAGMENT("urlPartQueryOrFrag"),
        UNKNOWN("urlPartUnknown");

        private final String go;

        UrlPart(String go) {
            this.go = go;
        }
    }

    /** What a slash begins in JavaScript. */
    enum Slash {
        REGEX("jsCtxRegexp"),
        DIVISION("jsCtxDivOp"),
        UNKNOWN("jsCtxUnknown");

        private final String go;

        Slash(String go) {
            this.go = go;
        }
    }

    /** What attributes hold. */
    enum AttributeKind {
        NONE("attrNone"),
        SCRIPT("attrScript"),
        SCRIPT_TYPE("attrScriptType"),
        STYLE("attrStyle"),
        URL("attrURL"),
        SRCSET("attrSrcset");

        private final String go;

        AttributeKind(String go) {
            this.go = go;
        }

        /** What a value of this kind begins in. */
        State valueState() {
            return switch (this) {
                case NONE, SCRIPT_TYPE -> State.ATTRIBUTE;
                case SCRIPT -> State.JS;
                case STYLE -> State.CSS;
                case URL -> State.URL;
                case SRCSET -> State.SRCSET;
            };
        }
    }

    /** Elements whose content is no HTML. */
    enum Element {
        NONE("elementNone", State.TEXT),
        SCRIPT("elementScript", State.JS),
        STYLE("elementStyle", State.CSS),
        TEXTAREA("elementTextarea", State.RCDATA),
        TITLE("elementTitle", State.RCDATA);

        private final String go;
        private final State content;

        Element(String go, State content) {
            this.go = go;
            this.content = content;
        }

        State content() {
            return content;
        }
    }

    Context in(State next) {
        return new Context(next, delimiter, part, slash, attribute, element);
    }

    Context in(State next, AttributeKind kind) {
        return new Context(next, delimiter, part, slash, kind, element);
    }

    Context with(UrlPart next) {
        return new Context(state, delimiter, next, slash, attribute, element);
    }

    Context with(Slash next) {
        return new Context(state, delimiter, part, next, attribute, element);
    }

    Context with(Element next) {
        return new Context(state, delimiter, part, slash, attribute, next);
    }

    /** Within the value of the attribute that was named. */
    Context value(Delimiter end) {
        return new Context(attribute.valueState(), end, part, slash, AttributeKind.NONE, element);
    }

    /** Within a tag, whatever was before. */
    static Context tag(Element element) {
        return new Context(State.TAG, Delimiter.NONE, UrlPart.NONE, Slash.REGEX, AttributeKind.NONE, element);
    }

    /** The content of the element whose tag has ended. */
    Context content() {
        return new Context(element.content(), Delimiter.NONE, UrlPart.NONE, Slash.REGEX, AttributeKind.NONE, element);
    }

    /** Where an action that stands here prints to: between attributes it prints one. */
    Context nudged() {
        return switch (state) {
            case TAG -> in(State.ATTRIBUTE_NAME);
            case AFTER_NAME -> in(State.ATTRIBUTE_NAME, AttributeKind.NONE);
            case BEFORE_VALUE -> value(Delimiter.SPACE_OR_TAG_END);
            default -> this;
        };
    }

    @Override
    public String toString() {
        return "{" + state.go() + " " + delimiter.go + " " + part.go + " " + slash.go + " [] " + attribute.go + " "
                + element.go + " <nil>}";
    }
}
