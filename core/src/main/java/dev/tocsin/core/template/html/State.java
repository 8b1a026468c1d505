package dev.tocsin.core.template.html;

/** Where in a document a place is. */
enum State {
    TEXT("stateText"),
    TAG("stateTag"),
    ATTRIBUTE_NAME("stateAttrName"),
    AFTER_NAME("stateAfterName"),
    BEFORE_VALUE("stateBeforeValue"),
    COMMENT("stateHTMLCmt"),
    /** The text of {@code title} and {@code textarea}. */
    RCDATA("stateRCDATA"),
    ATTRIBUTE("stateAttr"),
    URL("stateURL"),
    SRCSET("stateSrcset"),
    JS("stateJS"),
    JS_DOUBLE_QUOTED("stateJSDqStr"),
    JS_SINGLE_QUOTED("stateJSSqStr"),
    JS_TEMPLATE("stateJSTmplLit"),
    JS_REGEX("stateJSRegexp"),
    JS_BLOCK_COMMENT("stateJSBlockCmt"),
    JS_LINE_COMMENT("stateJSLineCmt"),
    CSS("stateCSS"),
    CSS_DOUBLE_QUOTED("stateCSSDqStr"),
    CSS_SINGLE_QUOTED("stateCSSSqStr"),
    CSS_DOUBLE_QUOTED_URL("stateCSSDqURL"),
    CSS_SINGLE_QUOTED_URL("stateCSSSqURL"),
    CSS_URL("stateCSSURL"),
    CSS_BLOCK_COMMENT("stateCSSBlockCmt"),
    CSS_LINE_COMMENT("stateCSSLineCmt"),
    /** Behind {@code break} or {@code continue}: nothing comes here. */
    DEAD("stateDead");

    private final String go;

    State(String go) {
        this.go = go;
    }

    /** Its name in errors. */
    String go() {
        return go;
    }

    boolean isComment() {
        return this == COMMENT
                || this == JS_BLOCK_COMMENT
                || this == JS_LINE_COMMENT
                || this == CSS_BLOCK_COMMENT
                || this == CSS_LINE_COMMENT;
    }
}
