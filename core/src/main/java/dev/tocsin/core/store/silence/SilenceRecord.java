package dev.tocsin.core.store.silence;

import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.SilenceSnapshot;

/**
 * A version of a silence and what stands for it on the disk.
 *
 * @param bytes as a peer has sent them, or as this node writes them; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record SilenceRecord(Silence silence, byte[] bytes) {
    /** As this node writes it. */
    static SilenceRecord of(Silence silence) {
        return new SilenceRecord(silence, SilenceSnapshot.encodeRecord(silence));
    }
}
