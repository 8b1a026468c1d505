package dev.tocsin.core.config.http;

/** A version of TLS as configurations write it, lowest first. */
public enum TlsVersion {
    TLS10("TLSv1"),
    TLS11("TLSv1.1"),
    TLS12("TLSv1.2"),
    TLS13("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /** The name that the JDK gives it. */
    public String protocol() {
        return protocol;
    }
}
