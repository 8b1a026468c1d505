package dev.tocsin.core.template;

/**
 * The templates of a configuration: the built-in ones and those of the files (notifiers contract section 4). Parsed once;
 * immutable but for a bounded cache of parsed texts; safe for all threads. Each text of the configuration is a template
 * of its own on top of the set: it may call what the set defines, and what it defines itself is not seen by others.
 */
public final class TemplateSet {
    TemplateSet() {}

    /**
     * Runs {@code template} as plain text.
     *
     * @param template a text of the configuration; the empty text renders to itself
     * @return what it printed
     * @throws TemplateException if it cannot be parsed, fails or exceeds the limits; what it printed before is lost
     */
    public String text(String template, TemplateData data) throws TemplateException {
        return literal(template);
    }

    /**
     * Runs {@code template} as HTML: values are escaped as their place demands (notifiers contract section 4.9).
     *
     * @param template as in {@link #text}
     * @throws TemplateException as {@link #text}, and if it does not keep to the structure of HTML
     */
    public String html(String template, TemplateData data) throws TemplateException {
        return literal(template);
    }

    private static String literal(String template) throws TemplateException {
        if (template.contains("{{")) {
            throw new TemplateException("template: :1: only literal text can be rendered");
        }
        return template;
    }
}
