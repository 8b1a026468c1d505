package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.RouteLabels;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.template.RouteLabelRenderer;
import dev.tocsin.core.template.TemplateData;
import dev.tocsin.core.template.TemplateSet;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Renders route labels with the templates of a configuration. */
record TemplatedRouteLabels(TemplateSet templates, URI externalUrl) implements RouteLabels {
    @Override
    public Map<String, String> render(Route route, LabelSet groupLabels, List<Alert> alerts, Instant at) {
        Map<String, String> labels = route.options().labels();
        if (!RouteLabelRenderer.hasTemplates(labels)) {
            return labels;
        }
        TemplateData data = new TemplateData(
                route.options().receiver(),
                alerts,
                at,
                NotificationReason.UNKNOWN.text(),
                groupLabels,
                LabelSet.EMPTY,
                externalUrl.toString());
        return RouteLabelRenderer.render(templates, labels, data);
    }
}
