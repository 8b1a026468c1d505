package dev.tocsin.core.config;

import dev.tocsin.core.yaml.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * An address as a configuration writes it. {@link #toString} gives the normalised text, in which what may not stand in an
 * address is percent-encoded; it can hold a password.
 *
 * @param scheme in lower case; may be empty
 * @param username percent-encoded; null if there is none
 * @param password percent-encoded; null if there is none
 * @param host host and port as written; may be empty
 * @param path percent-encoded; may be empty
 * @param suffix query and fragment with their {@code ?} and {@code #}; may be empty
 */
public record Url(
        String scheme, @Nullable String username, @Nullable Secret password, String host, String path, String suffix) {

    /**
     * Reads any address, also a relative one.
     *
     * @throws InvalidValueException if the text is no address
     */
    public static Url parse(String text) throws InvalidValueException {
        return new UrlParser(text).parse();
    }

    /**
     * Reads an absolute address of an HTTP server.
     *
     * @throws InvalidValueException if scheme or host are missing, or the scheme is another one (contract section 2.3)
     */
    public static Url parseHttp(String text) throws InvalidValueException {
        Url url = parse(text);
        if (!url.scheme.equals("http") && !url.scheme.equals("https")) {
            throw new InvalidValueException("unsupported scheme \"" + url.scheme + "\" for URL");
        }
        if (url.host.isEmpty()) {
            throw new InvalidValueException("missing host for URL");
        }
        return url;
    }

    /**
     * Checks a secret address of an HTTP server. The mask that stands in a printed configuration is let through.
     *
     * @throws InvalidValueException as {@link #parseHttp}
     */
    public static Secret parseSecretHttp(String text) throws InvalidValueException {
        return text.equals(Secret.MASK)
                ? new Secret(Secret.MASK)
                : new Secret(parseHttp(text).toString());
    }

    /** The same address with a path that ends in a slash. */
    public Url withTrailingSlash() {
        return path.endsWith("/") ? this : new Url(scheme, username, password, host, path + "/", suffix);
    }

    /**
     * The same address with {@code text} after its path.
     *
     * @param text as it is meant: what may not stand in a path, percent signs too, is encoded; slashes part the path
     */
    public Url append(String text) {
        return new Url(scheme, username, password, host, path + UrlParser.pathText(text), suffix);
    }

    /** The same address with another query, which is encoded already, and without a fragment. */
    public Url withQuery(String query) {
        return new Url(scheme, username, password, host, path, query.isEmpty() ? "" : "?" + query);
    }

    /** The normalised text with the password, if there is one, replaced. */
    public String redacted() {
        return withMaskedPassword("xxxxx");
    }

    /** The normalised text with {@code mask} instead of the password, if there is one. */
    public String withMaskedPassword(String mask) {
        return text(password == null ? null : mask);
    }

    /** The normalised text with the password. */
    @Override
    public String toString() {
        return text(password == null ? null : password.reveal());
    }

    private String text(@Nullable String shownPassword) {
        StringBuilder out = new StringBuilder();
        if (!scheme.isEmpty()) {
            out.append(scheme).append(':');
        }
        if (!host.isEmpty() || username != null || (!scheme.isEmpty() && path.startsWith("//"))) {
            out.append("//");
        } else if (!scheme.isEmpty() && path.startsWith("/")) {
            out.append("//");
        }
        if (username != null) {
            out.append(username);
            if (shownPassword != null) {
                out.append(':').append(shownPassword);
            }
            out.append('@');
        }
        return out.append(host).append(path).append(suffix).toString();
    }
}
