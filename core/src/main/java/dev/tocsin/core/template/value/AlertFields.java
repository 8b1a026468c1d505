package dev.tocsin.core.template.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert.
 *
 * @param status {@code firing} or {@code resolved}
 * @param endsAt the first instant of year 1 while it fires
 * @param fingerprint 16 hexadecimal digits
 */
public record AlertFields(
        Text status,
        KeyValues labels,
        KeyValues annotations,
        Moment startsAt,
        Moment endsAt,
        Text generatorUrl,
        Text fingerprint)
        implements Structure {
    private static final List<String> NAMES =
            List.of("Status", "Labels", "Annotations", "StartsAt", "EndsAt", "GeneratorURL", "Fingerprint");

    @Override
    public String type() {
        return "template.Alert";
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public @Nullable Value field(String name) {
        return switch (name) {
            case "Status" -> status;
            case "Labels" -> labels;
            case "Annotations" -> annotations;
            case "StartsAt" -> startsAt;
            case "EndsAt" -> endsAt;
            case "GeneratorURL" -> generatorUrl;
            case "Fingerprint" -> fingerprint;
            default -> null;
        };
    }
}
