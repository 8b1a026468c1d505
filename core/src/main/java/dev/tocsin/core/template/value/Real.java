package dev.tocsin.core.template.value;

/** A floating point number. */
public record Real(double value) implements Value {
    @Override
    public String type() {
        return "float64";
    }

    @Override
    public boolean truth() {
        return value != 0;
    }
}
