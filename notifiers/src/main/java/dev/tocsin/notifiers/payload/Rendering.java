package dev.tocsin.notifiers.payload;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateData;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders the texts of one attempt. After the first template that fails all others render to nothing, and that first
 * error is the one to tell (notifiers contract section 0.6): ask {@link #failed} before the texts are used. Not for
 * several threads.
 */
public final class Rendering {
    private static final Logger log = LoggerFactory.getLogger(Rendering.class);

    private final TemplateSet templates;
    private final Notification notification;
    private final TemplateData data;
    private @Nullable TemplateException first;

    /** Nothing has failed yet. */
    public Rendering(TemplateSet templates, Notification notification) {
        this(templates, notification, notification.templateData());
    }

    /** As {@link #Rendering(TemplateSet, Notification)} with what templates see of it, such as only some of its alerts. */
    public Rendering(TemplateSet templates, Notification notification, TemplateData data) {
        this.templates = templates;
        this.notification = notification;
        this.data = data;
    }

    /** What the templates see. */
    public TemplateData data() {
        return data;
    }

    /** {@code template} as plain text; empty if this or an earlier one failed. */
    public String text(String template) {
        if (first != null || template.isEmpty()) {
            return "";
        }
        try {
            return templates.text(template, data);
        } catch (TemplateException e) {
            first = e;
            return "";
        }
    }

    /** {@code template} as HTML; empty if this or an earlier one failed. */
    public String html(String template) {
        if (first != null || template.isEmpty()) {
            return "";
        }
        try {
            return templates.html(template, data);
        } catch (TemplateException e) {
            first = e;
            return "";
        }
    }

    /**
     * {@code template} as plain text, cut to what the receiver takes; a cut is logged.
     *
     * @param what is cut, such as {@code title}
     * @param limit in code points
     */
    public String runes(String what, String template, int limit) {
        return cut(what, text(template), limit);
    }

    /** A text that was rendered before, cut as {@link #runes} does. */
    public String cut(String what, String text, int limit) {
        String kept = Truncation.runes(text, limit);
        if (kept.length() < text.length()) {
            log.atWarn()
                    .addKeyValue("integration", notification.integration())
                    .addKeyValue("key", notification.groupKey())
                    .addKeyValue("max_runes", limit)
                    .log("Truncated {}", what);
        }
        return kept;
    }

    /** Whether a template failed. */
    public boolean failed() {
        return first != null;
    }

    /** Where and why the first template failed; empty if none did. */
    public String error() {
        return first == null ? "" : String.valueOf(first.getMessage());
    }

    /**
     * The failure as an outcome that is not tried again.
     *
     * @param before stands before the error; may be empty
     */
    public Outcome refused(String before) {
        return new Outcome.Permanent(FailureReason.OTHER, before + error());
    }
}
