package dev.tocsin.notifiers.http.message;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request that an integration wants to send. Immutable. */
public final class OutboundRequest {
    private final String method;
    private final Url url;
    private final List<HttpField> fields;
    private final byte[] body;
    private final boolean openAddress;
    private final List<String> hidden;

    /**
     * A request.
     *
     * @param method such as {@code POST}
     * @param url absolute, scheme http or https; user name and password in it become an {@code Authorization} header
     * @param fields headers besides those that the client adds: {@code Host}, {@code User-Agent} if it is not among them,
     *     {@code Content-Length} and what the configuration says
     * @param body sent as it is, not copied; empty for none
     */
    public OutboundRequest(String method, Url url, List<HttpField> fields, byte[] body) {
        this(method, url, fields, body, false, List.of());
    }

    private OutboundRequest(
            String method, Url url, List<HttpField> fields, byte[] body, boolean openAddress, List<String> hidden) {
        this.method = method;
        this.url = url;
        this.fields = List.copyOf(fields);
        this.body = body;
        this.openAddress = openAddress;
        this.hidden = List.copyOf(hidden);
    }

    /** A POST of JSON. */
    public static OutboundRequest json(Url url, Notification notification, byte[] body) {
        return new OutboundRequest("POST", url, TocsinFields.json(notification), body);
    }

    /** The same request with one more header. */
    public OutboundRequest with(String name, String value) {
        List<HttpField> more = new ArrayList<>(fields);
        more.add(new HttpField(name, value));
        return new OutboundRequest(method, url, more, body, openAddress, hidden);
    }

    /** The same request from the default client of Go's library: some integrations have never said who they are. */
    public OutboundRequest anonymous() {
        return with("User-Agent", "Go-http-client/1.1");
    }

    /** The same request, whose errors tell the address: it holds no secret but perhaps a password, which is not told. */
    public OutboundRequest openly() {
        return new OutboundRequest(method, url, fields, body, true, hidden);
    }

    /** The same request, whose answer is to be read without this secret of its body, should the receiver quote it. */
    public OutboundRequest hiding(String secret) {
        return new OutboundRequest(method, url, fields, body, openAddress, List.of(secret));
    }

    /** This request with more headers. */
    public OutboundRequest with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<HttpField> all = new ArrayList<>(fields);
        more.forEach((name, value) -> all.add(new HttpField(name, value)));
        return new OutboundRequest(method, url, all, body, openAddress, hidden);
    }

    /** Such as {@code POST}. */
    public String method() {
        return method;
    }

    /** Absolute, with user name and password. */
    public Url url() {
        return url;
    }

    /** The headers that the integration gave. */
    public List<HttpField> fields() {
        return fields;
    }

    /** Not copied; empty for none. */
    public byte[] body() {
        return body;
    }

    /** Whether the address may be told. */
    public boolean isOpen() {
        return openAddress;
    }

    /** Secrets of the body. */
    public List<String> hidden() {
        return hidden;
    }

    /**
     * What the first words of an error are in Go: {@code Post "http://…": }. The address is replaced unless the request
     * tells it {@linkplain #openly openly}.
     */
    public String redacted() {
        String address = openAddress ? url.withMaskedPassword("***") : "<redacted>";
        return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT) + " \"" + address + "\": ";
    }
}
