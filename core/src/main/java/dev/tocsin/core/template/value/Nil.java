package dev.tocsin.core.template.value;

/** No value: {@code nil}, what is missing in a dictionary, or the dot of a template that was called without one. */
public enum Nil implements Value {
    NIL;

    @Override
    public String type() {
        return "<nil>";
    }

    @Override
    public boolean truth() {
        return false;
    }
}
