package dev.tocsin.cluster.protocol;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says in the journal and in the logs what {@link MemberTable} sees. Used on the hub loop only. */
final class MemberReport {
    private static final Logger log = LoggerFactory.getLogger(MemberTable.class);

    private final Journal journal;
    private final CounterFamily distrusted;

    MemberReport(Journal journal, Metrics metrics) {
        this.journal = journal;
        this.distrusted = metrics.counter(
                "tocsin_cluster_peers_distrusted_total",
                "How often a peer proved that it belongs to the cluster and could not be believed all the same.",
                "reason");
        for (String reason : new String[] {"clock", "identity", "version", "limit"}) {
            distrusted.labels(reason);
        }
    }

    void warm() {
        journal.append(new HubEvent.TurnedWarm());
        log.atInfo().addKeyValue("component", "cluster").log("Node is warm");
    }

    void cold(String why) {
        journal.append(new HubEvent.TurnedCold(why));
        log.atWarn()
                .addKeyValue("component", "cluster")
                .addKeyValue("reason", why)
                .log("Node is cold");
    }

    void changed(MemberView before, MemberView next, Register register) {
        for (String name : next.live()) {
            if (!before.live().contains(name)) {
                journal.append(new HubEvent.MemberJoined(name));
                log.atInfo()
                        .addKeyValue("component", "cluster")
                        .addKeyValue("peer", name)
                        .log("Peer answers");
            }
        }
        for (String name : before.live()) {
            if (!next.live().contains(name)) {
                Member member = register.find(name);
                String why = why(member);
                journal.append(new HubEvent.MemberLost(name, why));
                if (member == null || !member.clockOff) {
                    log.atWarn()
                            .addKeyValue("component", "cluster")
                            .addKeyValue("peer", name)
                            .addKeyValue("reason", why)
                            .log("Peer does not answer");
                }
            }
        }
    }

    private static String why(@Nullable Member member) {
        if (member == null || member.left) {
            return "it left";
        }
        if (member.clockOff) {
            return "its clock differs";
        }
        return member.connected ? "silence" : "no connection";
    }

    void clock(String peer, Duration ahead, boolean off) {
        if (off) {
            distrusted.labels("clock").increment();
        }
        log.atLevel(off ? Level.WARN : Level.INFO)
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("ahead", ahead.toSeconds() + "s")
                .log(off ? "Peer's clock differs too much to believe it" : "Peer's clock can be believed again");
    }

    void tooMany(String peer) {
        distrusted.labels("limit").increment();
        log.atError()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("limit", Register.MOST)
                .log("Too many members; peer is not let in");
    }

    void notBelieved(String peer, String why) {
        distrusted.labels("identity").increment();
        log.atWarn()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("reason", why)
                .log("Peer is not believed");
    }

    void otherVersion(String peer, int protocol) {
        distrusted.labels("version").increment();
        log.atWarn()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("protocol", protocol)
                .log("Peer speaks another version of the protocol");
    }
}
