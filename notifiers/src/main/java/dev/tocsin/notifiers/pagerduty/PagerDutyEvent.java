package dev.tocsin.notifiers.pagerduty;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event says. The texts are templates.
 *
 * @param details plain values, lists and maps, whose texts are templates too; a value may be null
 * @param severity empty for {@code error}; PagerDuty alone checks it
 */
public record PagerDutyEvent(
        String client,
        String clientUrl,
        String description,
        Map<String, @Nullable Object> details,
        List<Image> images,
        List<Link> links,
        String source,
        String severity,
        String eventClass,
        String component,
        String group) {

    /** Copies the collections. */
    public PagerDutyEvent {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        images = List.copyOf(images);
        links = List.copyOf(links);
    }

    /** A picture; left out if the address renders to nothing. */
    public record Image(String src, String alt, String href) {}

    /** A link; left out if the address renders to nothing. */
    public record Link(String href, String text) {}
}
