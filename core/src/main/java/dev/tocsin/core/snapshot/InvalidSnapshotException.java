package dev.tocsin.core.snapshot;

import java.io.IOException;

/** A snapshot file cannot be read. */
public final class InvalidSnapshotException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message which record at which offset, and what is wrong with it */
    public InvalidSnapshotException(String message) {
        super(message);
    }
}
