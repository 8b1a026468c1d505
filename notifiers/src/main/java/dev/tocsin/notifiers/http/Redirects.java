package dev.tocsin.notifiers.http;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.auth.Credentials;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TransportException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules of following an answer 3xx, as Go's client has them (notifiers contract section 0.4). Stateless. */
final class Redirects {
    private static final Set<String> OF_THE_BODY = Set.of("content-type", "content-encoding", "content-language");

    private Redirects() {}

    /**
     * The request that follows {@code answer}; empty if the answer is the last one.
     *
     * @throws TransportException if the answer leads nowhere
     */
    static Optional<OutboundRequest> next(OutboundRequest request, OutboundResult.Answer answer)
            throws TransportException {
        boolean again = answer.status() == 307 || answer.status() == 308;
        boolean asGet = answer.status() == 301 || answer.status() == 302 || answer.status() == 303;
        String location = answer.field("Location");
        if (location.isEmpty() || !(again || asGet)) {
            return Optional.empty();
        }
        Url target = resolve(request.url(), location);
        boolean keepsBody =
                again || request.method().equals("GET") || request.method().equals("HEAD");
        List<HttpField> fields = new ArrayList<>();
        for (HttpField field : request.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            boolean dropped = name.equals("referer")
                    || (!keepsBody && OF_THE_BODY.contains(name))
                    || (name.equals("authorization") && !Credentials.sameSite(request.url(), target));
            if (!dropped) {
                fields.add(field);
            }
        }
        String referer = referer(request.url(), target);
        if (!referer.isEmpty()) {
            fields.add(new HttpField("Referer", referer));
        }
        return Optional.of(new OutboundRequest(
                keepsBody ? request.method() : "GET", target, fields, keepsBody ? request.body() : new byte[0]));
    }

    /** Not from https to http, and never with a password. */
    private static String referer(Url from, Url to) {
        if (from.scheme().equals("https") && to.scheme().equals("http")) {
            return "";
        }
        String suffix = withoutFragment(from.suffix());
        return new Url(from.scheme(), null, null, from.host(), from.path(), suffix).toString();
    }

    /** RFC 3986 section 5.2. */
    static Url resolve(Url base, String location) throws TransportException {
        Url reference;
        try {
            reference = Url.parse(location);
        } catch (InvalidValueException e) {
            throw TransportException.broken("failed to parse Location header: " + e.getMessage());
        }
        if (!reference.scheme().isEmpty()) {
            return reference;
        }
        if (!reference.host().isEmpty()) {
            return new Url(
                    base.scheme(),
                    reference.username(),
                    reference.password(),
                    reference.host(),
                    reference.path(),
                    reference.suffix());
        }
        String path = reference.path();
        String suffix = reference.suffix();
        if (path.isEmpty()) {
            path = base.path();
            suffix = suffix.startsWith("?") ? suffix : withoutFragment(base.suffix());
        } else if (!path.startsWith("/")) {
            path = base.path().substring(0, base.path().lastIndexOf('/') + 1) + path;
        }
        return new Url(base.scheme(), base.username(), base.password(), base.host(), withoutDots(path), suffix);
    }

    private static String withoutDots(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("..")) {
                segments.pollLast();
            } else if (!parts[i].equals(".") && (!parts[i].isEmpty() || i > 0)) {
                segments.addLast(parts[i]);
            }
            if (last && (parts[i].equals("..") || parts[i].equals("."))) {
                segments.addLast("");
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String withoutFragment(String suffix) {
        int hash = suffix.indexOf('#');
        return hash < 0 ? suffix : suffix.substring(0, hash);
    }
}
