package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.ScriptedNotifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A hub with a random configuration, to which random things happen. */
final class RandomHub {
    private static final List<String> TEAMS = List.of("a", "b", "c");
    private static final List<String> NAMES = List.of("Down", "Slow", "Full");
    private static final int RECEIVERS = 4;

    private final Random random;
    private final TestHub hub;
    private final List<String> silences = new ArrayList<>();
    private final List<String[]> alerts = new ArrayList<>();
    private double second = 1;

    RandomHub(long seed) {
        this.random = new Random(seed);
        this.hub = TestHub.start(config());
        for (String name : NAMES) {
            for (String team : TEAMS) {
                alerts.add(new String[] {"alertname", name, "team", team, "zone", "z" + random.nextInt(2)});
            }
        }
    }

    TestHub hub() {
        return hub;
    }

    /** All alerts that there may be. */
    List<LabelSet> alerts() {
        return alerts.stream().map(LabelSet::of).toList();
    }

    private String config() {
        StringBuilder out = new StringBuilder("global: {resolve_timeout: 40s123ms}\nroute:\n  receiver: r0\n")
                .append(options("  "))
                .append("  routes:\n");
        int routes = 1 + random.nextInt(4);
        for (int i = 0; i < routes; i++) {
            out.append(route(i, "  ", 2));
        }
        out.append("time_intervals:\n");
        for (int i = 0; i < 3; i++) {
            // the virtual clock starts at four minutes past three
            int start = 180 + random.nextInt(8);
            int end = start + 1 + random.nextInt(6);
            out.append(String.format(
                    "- {name: i%d, time_intervals: [{times: [{start_time: '%02d:%02d', end_time: '%02d:%02d'}]}]}%n",
                    i, start / 60, start % 60, end / 60, end % 60));
        }
        out.append("inhibit_rules:\n")
                .append("- {source_matchers: [alertname=Down], target_matchers: ['alertname=~\"Slow|Full\"'], equal: [")
                .append(random.nextBoolean() ? "team" : "zone")
                .append("]}\n- {name: full, source_matchers: [alertname=Full], target_matchers: [team=")
                .append(any(TEAMS))
                .append("]}\nreceivers:\n");
        for (int i = 0; i < RECEIVERS; i++) {
            out.append("- name: r").append(i).append('\n');
            int integrations = random.nextInt(3);
            out.append(integrations == 0 ? "" : "  webhook_configs:\n");
            for (int j = 0; j < integrations; j++) {
                out.append("  - {url: u")
                        .append(i)
                        .append(j)
                        .append(", send_resolved: ")
                        .append(random.nextBoolean())
                        .append("}\n");
            }
        }
        return out.toString();
    }

    private String options(String indent) {
        return indent + "group_by: " + any(List.of("[]", "[alertname]", "[team]", "['...']", "[team, zone]")) + "\n"
                + indent + "group_wait: " + random.nextInt(20) + "s\n"
                + indent + "group_interval: " + (5 + random.nextInt(20)) + "s\n"
                + indent + "repeat_interval: " + (20 + random.nextInt(100)) + "s\n";
    }

    private String route(int index, String indent, int depth) {
        StringBuilder out = new StringBuilder(indent)
                .append("- receiver: r")
                .append(random.nextInt(RECEIVERS))
                .append('\n')
                // the second matcher makes the keys of groups differ between routes
                .append(indent)
                .append("  matchers: [")
                .append(matcher())
                .append(", 'none")
                .append(depth)
                .append(index)
                .append("=\"\"']\n")
                .append(indent)
                .append("  continue: ")
                .append(random.nextBoolean())
                .append('\n');
        if (random.nextBoolean()) {
            out.append(options(indent + "  "));
        }
        if (random.nextInt(4) == 0) {
            out.append(indent)
                    .append("  mute_time_intervals: [i")
                    .append(random.nextInt(3))
                    .append("]\n");
        }
        if (random.nextInt(4) == 0) {
            out.append(indent)
                    .append("  active_time_intervals: [i")
                    .append(random.nextInt(3))
                    .append("]\n");
        }
        int children = depth > 1 ? random.nextInt(3) : 0;
        out.append(children == 0 ? "" : indent + "  routes:\n");
        for (int i = 0; i < children; i++) {
            out.append(route(i, indent + "  ", depth - 1));
        }
        return out.toString();
    }

    private String matcher() {
        return switch (random.nextInt(4)) {
            case 0 -> "team=" + any(TEAMS);
            case 1 -> "alertname!=" + any(NAMES);
            case 2 -> "'team=~\"" + any(TEAMS) + "|" + any(TEAMS) + "\"'";
            default -> "zone=z" + random.nextInt(2);
        };
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Something happens, and some time goes by before or after. */
    void step() {
        second = Math.max(second, seconds()) + random.nextInt(4);
        switch (random.nextInt(10)) {
            case 0 ->
                silences.add(
                        hub.silence(second, second, second + 5.217 + random.nextInt(60), "team", any(TEAMS), false));
            case 1 -> {
                if (!silences.isEmpty()) {
                    hub.expire(second, silences.removeLast());
                }
            }
            case 2 ->
                hub.receivers()
                        .at("u" + random.nextInt(RECEIVERS) + random.nextInt(2))
                        .next(random.nextBoolean() ? ScriptedNotifier.refusal() : ScriptedNotifier.silence());
            case 3, 4 -> hub.post(second, posted().to(second - 0.5));
            default -> hub.post(second, posted(), posted());
        }
    }

    private Posted posted() {
        String[] labels = any(alerts);
        return alert(labels[1], labels[2], labels[3], labels[4], labels[5]).from(second - 1);
    }

    /** Virtual seconds since the start. */
    double seconds() {
        return hub.seconds();
    }

    /** Moves on to a nanosecond before {@code nanos} from now have passed. */
    void advanceJustBefore(Duration duration) {
        hub.time().advance(duration.minusNanos(1));
    }
}
