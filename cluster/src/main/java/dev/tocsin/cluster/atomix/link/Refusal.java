package dev.tocsin.cluster.atomix.link;

/** Why a connection did not become one. The numbers of those that are told to the other side stay what they are. */
public enum Refusal {
    /** No version of the protocol that both speak. */
    VERSION(1, "version"),
    /** The other side does not know this cluster's label. */
    LABEL(2, "label"),
    /** Another node has the name. */
    NAME(3, "name"),
    /** A node found itself. */
    SELF(4, "self"),
    /** The node is about to stop. */
    CLOSING(5, "closing"),
    /** The node has as many peers as it can have. */
    FULL(6, "full"),
    /** TLS failed: a wrong certificate, or one side without TLS. */
    TLS(0, "tls"),
    /** What came is not this protocol. */
    FOREIGN(0, "foreign"),
    /** No answer in time. */
    TIMEOUT(0, "timeout"),
    /** The other side closed the connection. */
    CLOSED(0, "closed");

    private final int number;
    private final String label;

    Refusal(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** The value of the metric's label. */
    public String label() {
        return label;
    }

    /** As it is told to the other side. */
    int number() {
        return number;
    }

    static Refusal numbered(int number) {
        for (Refusal refusal : values()) {
            if (number > 0 && refusal.number == number) {
                return refusal;
            }
        }
        return FOREIGN;
    }
}
