package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.JournalEvent;
import java.util.List;

/**
 * By what events are found: receivers, groups and alerts, as numbers that files keep. Different ones may have the same
 * number, so that whoever looks up must look at the event as well.
 */
final class Keys {
    /** Stands for no receiver or group. */
    static final int NONE = 0;
    /** Stands for several: the event has to be read. */
    static final int SEVERAL = 1;

    private Keys() {}

    /** The number of a receiver's or group's name, which is not empty. */
    static int of(String name) {
        int hash = name.hashCode();
        return hash == NONE || hash == SEVERAL ? hash + 2 : hash;
    }

    static int receiver(JournalEvent event) {
        if (event instanceof AlertEvent.Routed routed && routed.receivers().size() > 1) {
            return SEVERAL;
        }
        String receiver = event.receiver();
        return receiver.isEmpty() ? NONE : of(receiver);
    }

    static int group(JournalEvent event) {
        String key = event.groupKey();
        return key.isEmpty() ? NONE : of(key);
    }

    /** All names that lead to the event. */
    static List<String> receivers(JournalEvent event) {
        if (event instanceof AlertEvent.Routed routed) {
            return routed.receivers();
        }
        return event.receiver().isEmpty() ? List.of() : List.of(event.receiver());
    }

    /** Two of 64 bits: an event about the alert has both set. */
    static long alertBits(long fingerprint) {
        long mixed = mix(fingerprint);
        return 1L << (mixed & 63) | 1L << (mixed >>> 6 & 63);
    }

    /** Spreads a number over all 64 bits. */
    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** The number of a receiver in an index that holds receivers, groups and alerts. */
    static long inIndex(char kind, int key) {
        return mix(((long) kind << 32) ^ (key & 0xffffffffL));
    }

    /** The number of an alert in such an index. */
    static long alertInIndex(long fingerprint) {
        return mix(fingerprint ^ 0x5bd1e9955bd1e995L);
    }
}
