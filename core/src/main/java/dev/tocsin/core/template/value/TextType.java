package dev.tocsin.core.template.value;

/** What a text is known to be. The HTML engine leaves trusted texts as they are where they belong. */
public enum TextType {
    STRING("string"),
    HTML("template.HTML"),
    URL("template.URL");

    private final String go;

    TextType(String go) {
        this.go = go;
    }

    /** Its name in Go. */
    public String go() {
        return go;
    }
}
