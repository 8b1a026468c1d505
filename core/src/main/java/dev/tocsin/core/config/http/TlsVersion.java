package dev.tocsin.core.config.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * The JDK's names of the versions that a configuration allows, lowest first; those below 1.2 are never among them.
     *
     * @param lowest null for TLS 1.2
     * @param highest null for the highest
     */
    public static List<String> protocols(@Nullable TlsVersion lowest, @Nullable TlsVersion highest) {
        List<String> protocols = new ArrayList<>();
        for (TlsVersion version : values()) {
            boolean inside = (lowest == null || version.compareTo(lowest) >= 0)
                    && (highest == null || version.compareTo(highest) <= 0);
            if (inside && version.compareTo(TLS12) >= 0) {
                protocols.add(version.protocol());
            }
        }
        return List.copyOf(protocols);
    }

    /** The name that the JDK gives it. */
    public String protocol() {
        return protocol;
    }
}
