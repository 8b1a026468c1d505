package dev.tocsin.core.template.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification.
 *
 * @param pointer whether Go has a pointer to it, which errors show
 */
public record DataFields(
        Text receiver,
        Text status,
        Items alerts,
        Text notificationReason,
        KeyValues groupLabels,
        KeyValues commonLabels,
        KeyValues commonAnnotations,
        KeyValues routeLabels,
        Text externalUrl,
        boolean pointer)
        implements Structure {
    private static final List<String> NAMES = List.of(
            "Receiver",
            "Status",
            "Alerts",
            "NotificationReason",
            "GroupLabels",
            "CommonLabels",
            "CommonAnnotations",
            "RouteLabels",
            "ExternalURL");

    @Override
    public String type() {
        return pointer ? "*template.Data" : "template.Data";
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public @Nullable Value field(String name) {
        return switch (name) {
            case "Receiver" -> receiver;
            case "Status" -> status;
            case "Alerts" -> alerts;
            case "NotificationReason" -> notificationReason;
            case "GroupLabels" -> groupLabels;
            case "CommonLabels" -> commonLabels;
            case "CommonAnnotations" -> commonAnnotations;
            case "RouteLabels" -> routeLabels;
            case "ExternalURL" -> externalUrl;
            default -> null;
        };
    }
}
