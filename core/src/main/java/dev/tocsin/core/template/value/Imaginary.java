package dev.tocsin.core.template.value;

/** An imaginary number: there are literals for them, and nothing to do with them but to print them. */
public record Imaginary(double value) implements Value {
    @Override
    public String type() {
        return "complex128";
    }

    @Override
    public boolean truth() {
        return value != 0;
    }
}
