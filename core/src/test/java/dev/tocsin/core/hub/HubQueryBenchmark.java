package dev.tocsin.core.hub;

import dev.tocsin.core.ingest.AlertSource;

/** What it costs to list many alerts and groups, and to post them again; run by hand. */
final class HubQueryBenchmark {
    private static final int ALERTS = 50_000;

    private HubQueryBenchmark() {}

    public static void main(String[] args) {
        TestHub hub = TestHub.start("""
                route:
                  receiver: default
                  group_by: [alertname, cluster]
                  routes: [{receiver: x, matchers: [team="t1"]}, {receiver: y, matchers: ['team=~"t[2-4]"']}]
                receivers: [{name: default}, {name: x}, {name: y}]
                inhibit_rules:
                - {source_matchers: [severity="critical"], target_matchers: [severity="warning"], equal: [cluster, alertname]}
                """);
        Posted[] alerts = new Posted[ALERTS];
        for (int i = 0; i < ALERTS; i++) {
            alerts[i] = Posted.alert(
                            "Alert" + i % 50,
                            "cluster",
                            "c" + i % 20,
                            "instance",
                            "host-" + i,
                            "team",
                            "t" + i % 10,
                            "severity",
                            i % 100 == 0 ? "critical" : "warning")
                    .from(0)
                    .to(100_000);
        }
        AlertSource source = new AlertSource("192.0.2.1", "Prometheus/3");
        for (int round = 0; round < 8; round++) {
            long begin = System.nanoTime();
            hub.post(source, alerts);
            long posted = System.nanoTime();
            int views = hub.hub().alerts(AlertFilter.ALL).size();
            long listed = System.nanoTime();
            int groups = hub.hub().groups(AlertFilter.ALL).size();
            long grouped = System.nanoTime();
            System.out.printf(
                    "post %d ms, %d alerts in %d ms, %d groups in %d ms%n",
                    (posted - begin) / 1_000_000,
                    views,
                    (listed - posted) / 1_000_000,
                    groups,
                    (grouped - listed) / 1_000_000);
        }
    }
}
