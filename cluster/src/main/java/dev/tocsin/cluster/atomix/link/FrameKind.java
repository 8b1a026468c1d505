package dev.tocsin.cluster.atomix.link;

/** What a frame holds; its first byte. Numbers are never used again for something else. */
final class FrameKind {
    /** Before authentication: magic, oldest and newest protocol, the dialer's nonce. */
    static final byte HELLO = 1;
    /** Protocol, the acceptor's nonce. */
    static final byte CHALLENGE = 2;
    /** The dialer's proof and identity. */
    static final byte PROOF = 3;
    /** The acceptor's proof and identity. */
    static final byte WELCOME = 4;
    /** The number of a {@link Refusal}; then the connection is closed. */
    static final byte REFUSED = 5;

    /** Subject and payload. */
    static final byte MESSAGE = 16;
    /** As MESSAGE, but may be lost. */
    static final byte GOSSIP = 17;
    /** Number, subject, payload. */
    static final byte REQUEST = 18;
    /** Number, whether it went well, payload. */
    static final byte REPLY = 19;
    /** A number to be sent back. */
    static final byte PING = 20;
    /** The number of a ping. */
    static final byte PONG = 21;
    /** The sender leaves the cluster. */
    static final byte GOODBYE = 22;

    private FrameKind() {}
}
