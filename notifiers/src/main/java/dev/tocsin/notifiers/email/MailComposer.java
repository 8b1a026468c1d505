package dev.tocsin.notifiers.email;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders mails (notifiers contract section 1.2). Immutable; safe for all threads. */
final class MailComposer {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final int BOUNDARY = 60;
    private static final int THREAD = 16;

    private final EmailConfig config;
    private final TemplateSet templates;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone of the date, and where a day of a daily thread begins */
    MailComposer(EmailConfig config, TemplateSet templates, Clock clock, ZoneId zone) {
        this.config = config;
        this.templates = templates;
        this.clock = clock;
        this.zone = zone;
    }

    /** A mail cannot be made, and could not be made again. */
    static final class UnrenderableException extends Exception {
        private static final long serialVersionUID = 1L;

        private UnrenderableException(String message) {
            super(message);
        }
    }

    /** The mail of a notification; always the same but for its date. */
    Mail compose(Notification notification) throws UnrenderableException {
        Rendering rendering = new Rendering(templates, notification);
        List<String> from = addresses("from", render(rendering, "'from'", config.from()));
        if (from.size() != 1) {
            throw new UnrenderableException("must be exactly one 'from' address (got: " + from.size() + ")");
        }
        List<String> to = addresses("to", render(rendering, "'to'", config.to()));
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, String> header : config.headers().entrySet()) {
            String what = GoQuote.quote(header.getKey()) + " header";
            add(out, header.getKey(), MailEncoding.header(render(rendering, what, header.getValue())));
        }
        if (!config.headers().containsKey("Message-Id")) {
            String domain = from.getFirst().substring(from.getFirst().lastIndexOf('@') + 1);
            add(out, "Message-Id", "<" + notification.idempotencyKey() + "@" + domain + ">");
        }
        if (config.threading().enabled()) {
            String root = thread(notification);
            add(out, "References", root);
            add(out, "In-Reply-To", root);
        }
        String boundary = digest("boundary " + notification.idempotencyKey()).substring(0, BOUNDARY);
        add(out, "Date", DATE.format(clock.now().atZone(zone)));
        add(out, "Content-Type", "multipart/alternative;  boundary=" + boundary);
        add(out, "MIME-Version", "1.0");
        parts(out, rendering, boundary);
        return new Mail(from.getFirst(), to, out.toString());
    }

    private static void add(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    private static String render(Rendering rendering, String what, String template) throws UnrenderableException {
        String text = rendering.text(template);
        check(rendering, what);
        return text;
    }

    private static void check(Rendering rendering, String what) throws UnrenderableException {
        if (rendering.failed()) {
            throw new UnrenderableException("execute " + what + " template: " + rendering.error());
        }
    }

    private static List<String> addresses(String what, String text) throws UnrenderableException {
        try {
            return MailAddresses.parse(text);
        } catch (MailAddresses.InvalidAddressException e) {
            throw new UnrenderableException("parse '" + what + "' addresses: " + e.getMessage());
        }
    }

    /** All mails of a group refer to a first one that never existed. */
    private String thread(Notification notification) {
        String day = config.threading().byDate().equals("daily")
                ? clock.now().atZone(zone).toLocalDate().toString()
                : "";
        return "<alert-" + KeyHash.of(notification).substring(0, THREAD) + "-" + day + "@alertmanager>";
    }

    private void parts(StringBuilder out, Rendering rendering, String boundary) throws UnrenderableException {
        String separator = "\r\n--" + boundary;
        if (!config.text().isEmpty()) {
            part(out, separator, "text/plain", render(rendering, "text", config.text()));
        }
        if (!config.html().isEmpty()) {
            String html = rendering.html(config.html());
            check(rendering, "html");
            part(out, separator, "text/html", html);
        }
        out.append(separator).append("--\r\n");
    }

    private static void part(StringBuilder out, String separator, String type, String body) {
        out.append(separator).append("\r\n");
        add(out, "Content-Transfer-Encoding", "quoted-printable");
        add(out, "Content-Type", type + "; charset=UTF-8");
        out.append("\r\n").append(MailEncoding.quotedPrintable(body));
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
