package dev.tocsin.api.hub;

import dev.tocsin.api.http.Request;
import dev.tocsin.api.hub.request.Problem;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes that a page of another origin asks a browser to make with the browser's own credentials. Programs send
 * neither {@code Origin} nor {@code Sec-Fetch-Site} and are let through. Immutable; safe for all threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454, the origin</a>
 */
final class SameOrigin {
    private final String external;

    /** @param externalUrl the hub's public address, which a proxy may hide from the node */
    SameOrigin(URI externalUrl) {
        this.external = origin(externalUrl);
    }

    /** Why the request must not change anything; null if it may. */
    @Nullable Problem refusal(Request request) {
        String origin = request.header("Origin");
        if (origin != null) {
            return isOurs(origin, request.header("Host")) ? null : foreign("Origin: " + origin);
        }
        String site = request.header("Sec-Fetch-Site");
        boolean ours = site == null || site.equals("same-origin") || site.equals("none");
        return ours ? null : foreign("Sec-Fetch-Site: " + site);
    }

    private boolean isOurs(String origin, @Nullable String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.equals(external)) {
            return true;
        }
        int slashes = lower.indexOf("://");
        return slashes > 0 && host != null && lower.substring(slashes + 3).equals(host.toLowerCase(Locale.ROOT));
    }

    private static Problem foreign(String header) {
        return new Problem(
                403,
                "FOREIGN_ORIGIN",
                "pages of other origins may not change anything here (" + header
                        + "); if this is the hub's own address, tell it by --web.external-url");
    }

    private static String origin(URI url) {
        return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
