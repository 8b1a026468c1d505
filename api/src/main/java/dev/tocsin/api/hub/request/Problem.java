package dev.tocsin.api.hub.request;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.HubJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a request is not answered as asked: the body of every error, as RFC 9457 has it.
 *
 * @param status the HTTP status
 * @param reason a stable name for programs, in capitals
 * @param detail what is wrong, for people
 * @param errors the parts of the request that are wrong; may be empty
 */
public record Problem(int status, String reason, String detail, List<Place> errors) {
    private static final String TYPE = "application/problem+json";

    /**
     * A part of a request that is wrong.
     *
     * @param where its place: {@code query.limit}, {@code body.matchers[0].name}
     * @param what what is wrong and what would be right
     */
    public record Place(String where, String what) {}

    /** Copies the list. */
    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem of the request as a whole. */
    public Problem(int status, String reason, String detail) {
        this(status, reason, detail, List.of());
    }

    /** One part of the request is wrong. */
    public static Problem at(String where, String what) {
        return new Problem(400, "INVALID", where + ": " + what, List.of(new Place(where, what)));
    }

    /** The answer that says it. */
    public Response response() {
        return Response.bytes(status, TYPE, HubJson.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title());
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("reason", reason);
            json.writeArrayFieldStart("errors");
            for (Place error : errors) {
                json.writeStartObject();
                json.writeStringField("where", error.where());
                json.writeStringField("what", error.what());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Error";
        };
    }

    /** This problem with every place below {@code root}. */
    public Problem below(String root) {
        List<Place> moved = new ArrayList<>();
        errors.forEach(error -> moved.add(new Place(root + "." + error.where(), error.what())));
        return new Problem(status, reason, detail, moved);
    }
}
