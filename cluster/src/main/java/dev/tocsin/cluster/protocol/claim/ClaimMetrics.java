package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts claims and answers. Safe for all threads. */
final class ClaimMetrics {
    private final CounterFamily claims;
    private final CounterFamily answers;
    private final AtomicInteger promises = new AtomicInteger();

    ClaimMetrics(Metrics metrics) {
        claims = metrics.counter(
                "tocsin_cluster_claims_total", "What became of this node's claims to notify.", "result");
        for (String result : new String[] {"granted", "denied", "held", "half", "fail_open", "lapsed", "handed_over"}) {
            claims.labels(result);
        }
        answers = metrics.counter(
                "tocsin_cluster_claim_answers_total", "What this node answered to other nodes' claims.", "answer");
        for (String answer : new String[] {"granted", "denied", "abstained"}) {
            answers.labels(answer);
        }
        metrics.gauge("tocsin_cluster_promises", "Keys that are promised to claims of other nodes.")
                .labels()
                .set(promises::get);
    }

    void claimed(String result) {
        claims.labels(result).increment();
    }

    void answered(Granter.Decision decision) {
        answers.labels(
                        switch (decision) {
                            case Granter.Decision.Grant grant -> "granted";
                            case Granter.Decision.Abstain abstain -> "abstained";
                            case Granter.Decision.News news -> "denied";
                            case Granter.Decision.Taken taken -> "denied";
                        })
                .increment();
    }

    void promises(int count) {
        promises.set(count);
    }
}
