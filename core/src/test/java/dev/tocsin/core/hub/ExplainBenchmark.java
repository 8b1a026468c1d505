package dev.tocsin.core.hub;

import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What it takes to explain one of 50,000 alerts with 1,000 routes and 5,000 silences, and to try a configuration or a
 * silence on them. Prints the time on the clock and that of the processor, which other programs do not spoil.
 */
public final class ExplainBenchmark {
    private static final int ALERTS = 50_000;
    private static final int ROUTES = 1_000;
    private static final int SILENCES = 5_000;
    private static final int QUESTIONS = 2_000;

    private ExplainBenchmark() {}

    /** Measures and prints; takes no arguments. */
    public static void main(String[] args) {
        String config = config("r1");
        TestHub hub = TestHub.start(config);
        Posted[] alerts = new Posted[ALERTS];
        for (int i = 0; i < ALERTS; i++) {
            alerts[i] = Posted.alert("Alert" + i % 50, labels(i)).from(0).to(100_000);
        }
        for (int i = 0; i < ALERTS; i += 1000) {
            hub.post(1, Arrays.copyOfRange(alerts, i, i + 1000));
        }
        for (int i = 0; i < SILENCES; i++) {
            hub.silence(2, 2, 90_000, i % 10 == 0 ? "cluster" : "instance", "host-" + i * 7, i % 50 == 0);
        }
        hub.at(120);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Random random = new Random(1);
        for (int round = 0; round < 3; round++) {
            long[] clock = new long[QUESTIONS];
            long[] processor = new long[QUESTIONS];
            int length = 0;
            for (int i = 0; i < QUESTIONS; i++) {
                int which = random.nextInt(ALERTS);
                LabelSet labels = LabelSet.of(with("alertname", "Alert" + which % 50, labels(which)));
                long cpu = threads.getCurrentThreadCpuTime();
                long begin = System.nanoTime();
                Explanation explanation = hub.explain(Question.of(labels));
                clock[i] = System.nanoTime() - begin;
                processor[i] = threads.getCurrentThreadCpuTime() - cpu;
                length += explanation.sentence().length();
            }
            print("explain, clock", clock, length);
            print("explain, processor", processor, length);
        }
        print(hub, "another receiver for one route", new Candidate.ConfigurationText(config("r2")));
        print(hub, "a silence of a team", new Candidate.NewSilence(List.of(List.of(Matcher.equal("team", "t7")))));
    }

    private static String[] labels(int i) {
        return new String[] {
            "cluster",
            "c" + i % 20,
            "instance",
            "host-" + i,
            "team",
            "t" + i % ROUTES,
            "severity",
            i % 100 == 0 ? "critical" : "warning"
        };
    }

    private static String[] with(String name, String value, String[] labels) {
        String[] all = new String[labels.length + 2];
        all[0] = name;
        all[1] = value;
        System.arraycopy(labels, 0, all, 2, labels.length);
        return all;
    }

    private static String config(String receiverOfSeven) {
        StringBuilder out = new StringBuilder("""
                route:
                  receiver: r0
                  group_by: [alertname, cluster]
                  routes:
                """);
        for (int i = 0; i < ROUTES; i++) {
            String receiver = i == 7 ? receiverOfSeven : "r" + i % 3;
            out.append("  - {receiver: ")
                    .append(receiver)
                    .append(", matchers: ['team=~\"t")
                    .append(i)
                    .append("\"']}\n");
        }
        return out.append("""
                inhibit_rules:
                - {source_matchers: [severity="critical"], target_matchers: [severity="warning"], equal: [cluster, alertname]}
                receivers:
                - {name: r0, webhook_configs: [{url: a}]}
                - {name: r1, webhook_configs: [{url: b}]}
                - {name: r2, webhook_configs: [{url: c}]}
                """).toString();
    }

    private static void print(TestHub hub, String what, Candidate candidate) {
        for (int round = 0; round < 3; round++) {
            long begin = System.nanoTime();
            WhatIfAnswer answer = hub.whatIf(candidate);
            System.out.printf("what if, %s: %d ms%n", what, (System.nanoTime() - begin) / 1_000_000);
            if (round == 2 && answer instanceof WhatIfAnswer.Compared compared) {
                System.out.println(compared.comparison().sentence());
            }
        }
    }

    private static void print(String what, long[] nanos, int length) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %.2f ms, p99 %.2f ms, longest %.2f ms (%d characters)%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                length);
    }
}
