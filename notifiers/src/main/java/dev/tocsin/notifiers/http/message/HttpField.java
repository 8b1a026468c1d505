package dev.tocsin.notifiers.http.message;

/** One header line. The text form hides the value, which may be a secret. */
public record HttpField(String name, String value) {
    @Override
    public String toString() {
        return name + ": <hidden>";
    }
}
