package dev.tocsin.core.template.value;

/** True or false. */
public enum Bool implements Value {
    FALSE,
    TRUE;

    /** The value of {@code truth}. */
    public static Bool of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    @Override
    public String type() {
        return "bool";
    }

    @Override
    public boolean truth() {
        return this == TRUE;
    }
}
