package dev.tocsin.app;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/** The public address and the path prefix that follow from flags and the first listener (contract section 1.7). */
final class WebAddress {
    private WebAddress() {}

    /**
     * The external URL, without a trailing slash.
     *
     * @param flag the value of {@code --web.external-url}; empty for none
     * @param port the first listener's real port
     * @param secured whether it speaks TLS
     * @throws StartupException if it is no http or https URL
     */
    static URI externalUrl(String flag, int port, boolean secured) throws StartupException {
        if (flag.isEmpty()) {
            return URI.create((secured ? "https://" : "http://") + hostName() + ":" + port);
        }
        try {
            URI url = new URI(flag);
            String scheme = url.getScheme();
            if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new StartupException("\"" + flag + "\": invalid \"" + (scheme == null ? "" : scheme)
                        + "\" scheme, only 'http' and 'https' are supported");
            }
            return new URI(scheme, url.getRawAuthority(), trimmed(url.getPath()), null, null);
        } catch (URISyntaxException e) {
            throw new StartupException("\"" + flag + "\" is not a URL: " + e.getMessage());
        }
    }

    /** The prefix of all routes: {@code /} or {@code /a/b}. */
    static String routePrefix(String flag, URI externalUrl) {
        String path = flag.isEmpty() ? externalUrl.getPath() : flag;
        String trimmed = trimmed(path == null ? "" : path);
        return trimmed.isEmpty() ? "/" : trimmed;
    }

    private static String trimmed(String path) {
        String rest = path;
        while (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        while (rest.startsWith("/")) {
            rest = rest.substring(1);
        }
        return rest.isEmpty() ? "" : "/" + rest;
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
