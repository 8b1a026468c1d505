package dev.tocsin.notifiers.http;

import dev.tocsin.core.config.Url;
import java.util.List;
import java.util.Locale;

/** A request that an integration wants to send. Immutable. */
public final class OutboundRequest {
    private final String method;
    private final Url url;
    private final List<HttpField> fields;
    private final byte[] body;

    /**
     * A request.
     *
     * @param method such as {@code POST}
     * @param url absolute, scheme http or https; user name and password in it become an {@code Authorization} header
     * @param fields headers besides those that the client adds: {@code Host}, {@code User-Agent}, {@code Content-Length} and
     *     what the configuration says
     * @param body sent as it is, not copied; empty for none
     */
    public OutboundRequest(String method, Url url, List<HttpField> fields, byte[] body) {
        this.method = method;
        this.url = url;
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    String method() {
        return method;
    }

    Url url() {
        return url;
    }

    List<HttpField> fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    /** What the first words of an error are in Go: {@code Post "http://…": }. The address is replaced. */
    public String redacted() {
        return words("<redacted>");
    }

    /** As {@link #redacted} with the address, for integrations whose addresses hold no secrets but a password. */
    public String named() {
        return words(url.withMaskedPassword("***"));
    }

    private String words(String address) {
        return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT) + " \"" + address + "\": ";
    }
}
