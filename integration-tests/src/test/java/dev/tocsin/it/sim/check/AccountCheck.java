package dev.tocsin.it.sim.check;

import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Request.Ending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** G5: every notification is in the journal of the node that sent it, a mark with what caused it. */
final class AccountCheck {
    private static final String ACCOUNTABLE = "Every decision is in the journal with its reason";
    private static final String MARKS =
            "It also names the maybe, the missing quorum or the takeover that caused a mark";

    private final Observed observed;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, List<NotificationEvent>> written = new HashMap<>();

    AccountCheck(Observed observed) {
        this.observed = observed;
        observed.history().all(Happening.Journaled.class).forEach(one -> {
            if (one.event() instanceof NotificationEvent event) {
                written.computeIfAbsent(
                                place(one.node(), one.life(), Observed.key(event.to())), key -> new ArrayList<>())
                        .add(event);
            }
        });
    }

    private static String place(int node, int life, String key) {
        return node + " " + life + " " + key;
    }

    List<Violation> check() {
        observed.byKey().values().forEach(requests -> requests.forEach(this::check));
        return violations;
    }

    private void check(Request request) {
        Request.Content content = request.content();
        List<NotificationEvent> events =
                written.getOrDefault(place(request.node(), request.life(), content.key()), List.of());
        boolean claimed = false;
        boolean delivered = false;
        boolean explained = false;
        for (NotificationEvent event : events) {
            switch (event) {
                case NotificationEvent.Claimed one
                when one.sequence() == content.sequence() -> {
                    claimed = true;
                    explained |= one.marked() && !one.mark().isEmpty();
                }
                case NotificationEvent.Repeated one
                when one.idempotencyKey().equals(content.idempotencyKey()) ->
                    explained |= !one.why().isEmpty();
                case NotificationEvent.Delivered one
                when one.idempotencyKey().equals(content.idempotencyKey()) -> delivered = true;
                default -> {}
            }
        }
        if (!claimed) {
            add(ACCOUNTABLE, request, request + " was sent without a claim in the journal");
        }
        if (request.ending() == Ending.DELIVERED && !delivered) {
            add(ACCOUNTABLE, request, request + " was delivered, and the journal does not say so");
        }
        if (request.ending() == Ending.DELIVERED && content.marked() && !explained) {
            add(MARKS, request, request + " is marked, and the journal does not say why");
        }
    }

    private void add(String sentence, Request request, String what) {
        violations.add(new Violation(
                "G5",
                sentence,
                request.startedAt(),
                Observed.about(request.content().group()),
                what));
    }
}
