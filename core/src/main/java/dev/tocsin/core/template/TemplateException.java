package dev.tocsin.core.template;

/**
 * A template that cannot be parsed, or that failed while it ran. The message says where and why, in Go's words:
 * <code>template: :1:3: executing "" at &lt;.Nope&gt;: can't evaluate field Nope in type *template.Data</code>.
 */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message where and why; it may quote data, but never a secret */
    public TemplateException(String message) {
        super(message);
    }
}
