package dev.tocsin.core.pipeline;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.mute.MutedFlush;
import java.util.ArrayList;
import java.util.List;

/**
 * What a due group has to tell after muting, for all its integrations. Immutable.
 *
 * @param alerts in the order of the group; never empty but in a preview
 * @param muted the alerts that were left out; may be empty
 * @param firing those of {@code alerts} that fire, in the same order
 * @param firingHashes the log's hashes of {@code firing}
 * @param resolvedHashes the log's hashes of the others
 * @param firingFingerprints as {@code firingHashes}, for the journal
 */
record GroupNews(
        GroupFlush group,
        List<Alert> alerts,
        List<MutedFlush.Muted> muted,
        List<Alert> firing,
        AlertHashes firingHashes,
        AlertHashes resolvedHashes,
        Fingerprints firingFingerprints,
        Fingerprints resolvedFingerprints) {

    static GroupNews of(GroupFlush group, MutedFlush flush) {
        List<Alert> alerts = flush.notified();
        List<Alert> firing = new ArrayList<>(alerts.size());
        List<Alert> resolved = new ArrayList<>();
        for (Alert alert : alerts) {
            (alert.resolvedAt(group.at()) ? resolved : firing).add(alert);
        }
        return new GroupNews(
                group,
                alerts,
                flush.muted(),
                List.copyOf(firing),
                hashes(firing),
                hashes(resolved),
                Fingerprints.of(firing),
                Fingerprints.of(resolved));
    }

    private static AlertHashes hashes(List<Alert> alerts) {
        long[] hashes = new long[alerts.size()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = AlertHash.of(alerts.get(i).labels());
        }
        return AlertHashes.of(hashes);
    }
}
