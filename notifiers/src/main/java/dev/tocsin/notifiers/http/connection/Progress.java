package dev.tocsin.notifiers.http.connection;

/** Hears how far a request got, on the thread that sends it. */
public interface Progress {
    /** From now on bytes of the request may have gone out. */
    void sending();

    /** The receiver said what it did. */
    void answered();
}
