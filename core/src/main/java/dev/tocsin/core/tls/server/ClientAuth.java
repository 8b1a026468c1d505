package dev.tocsin.core.tls.server;

/** What is asked of clients that connect. */
public enum ClientAuth {
    /** Nothing. */
    NONE("NoClientCert"),
    /** A certificate, which may be missing and is not verified. */
    REQUEST("RequestClientCert"),
    /** A certificate, which is not verified. */
    REQUIRE_ANY("RequireAnyClientCert"),
    /** A certificate, which may be missing. */
    VERIFY_IF_GIVEN("VerifyClientCertIfGiven"),
    /** A certificate that an authority vouches for. */
    REQUIRE_AND_VERIFY("RequireAndVerifyClientCert");

    private final String text;

    ClientAuth(String text) {
        this.text = text;
    }

    /** As the file writes it. */
    public String text() {
        return text;
    }

    /** Whether certificates that are shown must come from an authority. */
    public boolean verifies() {
        return this == VERIFY_IF_GIVEN || this == REQUIRE_AND_VERIFY;
    }

    /** Whether a client without a certificate is turned away. */
    public boolean requires() {
        return this == REQUIRE_ANY || this == REQUIRE_AND_VERIFY;
    }
}
