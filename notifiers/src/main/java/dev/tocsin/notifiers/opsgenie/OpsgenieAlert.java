package dev.tocsin.notifiers.opsgenie;

import java.util.List;
import java.util.Map;

/**
 * What an alert says. The texts are templates.
 *
 * @param details name to template, besides the common labels, which they override
 * @param actions separated by commas
 * @param tags separated by commas
 */
public record OpsgenieAlert(
        String message,
        String description,
        String source,
        Map<String, String> details,
        String entity,
        List<Responder> responders,
        String actions,
        String tags,
        String note,
        String priority) {

    /** Copies the list. */
    public OpsgenieAlert {
        responders = List.copyOf(responders);
    }

    /**
     * Who is to respond. The texts are templates.
     *
     * @param type {@code teams} stands for as many teams as {@code name} has parts between commas
     */
    public record Responder(String id, String name, String username, String type) {
        /** The only type that stands for several responders. */
        static final String TEAMS = "teams";
    }
}
