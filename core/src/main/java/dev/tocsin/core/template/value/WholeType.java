package dev.tocsin.core.template.value;

/** The Go types of whole numbers. */
public enum WholeType {
    INT("int"),
    INT64("int64"),
    UINT8("uint8"),
    DURATION("time.Duration"),
    MONTH("time.Month"),
    WEEKDAY("time.Weekday");

    private final String go;

    WholeType(String go) {
        this.go = go;
    }

    /** Its name in Go. */
    public String go() {
        return go;
    }
}
