package dev.tocsin.cluster.protocol;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the journal and in the logs what {@link MemberTable} sees. Used on the hub loop only. */
final class MemberReport {
    private static final Logger log = LoggerFactory.getLogger(MemberTable.class);

    private final Journal journal;

    MemberReport(Journal journal) {
        this.journal = journal;
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
                String why = member == null || member.left ? "it left" : member.connected ? "silence" : "no connection";
                journal.append(new HubEvent.MemberLost(name, why));
                log.atWarn()
                        .addKeyValue("component", "cluster")
                        .addKeyValue("peer", name)
                        .addKeyValue("reason", why)
                        .log("Peer does not answer");
            }
        }
    }

    void tooMany(String peer) {
        log.atError()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("limit", Register.MOST)
                .log("Too many members; peer is not let in");
    }

    void notBelieved(String peer, String why) {
        log.atWarn()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("reason", why)
                .log("Peer is not believed");
    }

    void otherVersion(String peer, int protocol) {
        log.atWarn()
                .addKeyValue("component", "cluster")
                .addKeyValue("peer", peer)
                .addKeyValue("protocol", protocol)
                .log("Peer speaks another version of the protocol");
    }
}
