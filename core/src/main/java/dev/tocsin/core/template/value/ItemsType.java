package dev.tocsin.core.template.value;

/** The Go types of lists. */
public enum ItemsType {
    STRINGS("[]string", "string"),
    NAMED_STRINGS("template.Strings", "string"),
    ANY("[]interface {}", "interface {}"),
    ALERTS("template.Alerts", "template.Alert"),
    ALERT_SLICE("[]template.Alert", "template.Alert"),
    PAIRS("template.Pairs", "template.Pair");

    private final String go;
    private final String element;

    ItemsType(String go, String element) {
        this.go = go;
        this.element = element;
    }

    /** Its name in Go. */
    public String go() {
        return go;
    }

    /** The name of its elements' type in Go. */
    public String element() {
        return element;
    }
}
