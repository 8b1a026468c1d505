package dev.tocsin.api.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived whole. Immutable but for the reading position of the body; safe to hand from thread to thread.
 */
public final class Request {
    private final String method;
    private final String rawPath;
    private final String path;
    private final String rawQuery;
    private final HttpHeaders headers;
    private final RequestBody body;
    private final String remoteAddress;
    private final Map<String, String> parameters;

    /**
     * A request that no route has matched yet.
     *
     * @param method as the client wrote it
     * @param rawPath likewise, percent signs included
     * @param path decoded
     * @param rawQuery behind the question mark; empty if there is none
     * @param body all there
     * @param remoteAddress the client's IP address; empty if unknown
     */
    public Request(
            String method,
            String rawPath,
            String path,
            String rawQuery,
            HttpHeaders headers,
            RequestBody body,
            String remoteAddress) {
        this(method, rawPath, path, rawQuery, headers, body, remoteAddress, Map.of());
    }

    private Request(
            String method,
            String rawPath,
            String path,
            String rawQuery,
            HttpHeaders headers,
            RequestBody body,
            String remoteAddress,
            Map<String, String> parameters) {
        this.method = method;
        this.rawPath = rawPath;
        this.path = path;
        this.rawQuery = rawQuery;
        this.headers = headers;
        this.body = body;
        this.remoteAddress = remoteAddress;
        this.parameters = parameters;
    }

    /** This request with the values that the route's pattern found in the path. */
    public Request withParameters(Map<String, String> values) {
        return new Request(method, rawPath, path, rawQuery, headers, body, remoteAddress, Map.copyOf(values));
    }

    /** This request as a router below {@code prefix} sees it, {@code prefix} being how its path begins. */
    public Request below(String prefix) {
        if (!rawPath.startsWith(prefix) || !path.startsWith(prefix)) {
            throw new IllegalArgumentException(rawPath + " is not below " + prefix);
        }
        return new Request(
                method,
                rawPath.substring(prefix.length()),
                path.substring(prefix.length()),
                rawQuery,
                headers,
                body,
                remoteAddress,
                parameters);
    }

    /** The method as the client wrote it, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** Whether the method is {@code name}, which is upper case. */
    public boolean is(String name) {
        return method.equals(name);
    }

    /** The path as the client wrote it, percent signs included. */
    public String rawPath() {
        return rawPath;
    }

    /** The decoded path. */
    public String path() {
        return path;
    }

    /** The text after the question mark, as the client wrote it; empty if there is none. */
    public String rawQuery() {
        return rawQuery;
    }

    /** The query's parameters; parsed at each call. */
    public QueryParameters query() {
        return QueryParameters.parse(rawQuery);
    }

    /** The first header called {@code name}, in any case, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** All headers called {@code name} joined by commas, or null if there is none. */
    public @Nullable String headerList(String name) {
        var values = headers.getAll(name);
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.getFirst();
            default -> String.join(",", values);
        };
    }

    /** The body; empty if there is none. */
    public RequestBody body() {
        return body;
    }

    /** The client's IP address without port; empty if unknown. */
    public String remoteAddress() {
        return remoteAddress;
    }

    /**
     * The part of the path that the route's pattern calls {@code name}, decoded.
     *
     * @throws IllegalArgumentException if the pattern has no such part
     */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }
}
