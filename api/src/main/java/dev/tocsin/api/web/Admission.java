package dev.tocsin.api.web;

import dev.tocsin.api.http.Response;
import java.util.Optional;

/** Whether a request is answered. */
public enum Admission {
    /** It is. */
    ADMITTED,
    /** It names no user, an unknown one, or a wrong password. */
    UNAUTHENTICATED,
    /** More requests came than the rate limit allows. */
    TOO_MANY_REQUESTS,
    /** Too many passwords wait to be checked. */
    BUSY;

    /** What is answered over HTTP to those who are not admitted; empty for the others. */
    public Optional<Response> refusal() {
        return switch (this) {
            case ADMITTED -> Optional.empty();
            case UNAUTHENTICATED ->
                Optional.of(Response.error(401, "Unauthorized\n").with("WWW-Authenticate", "Basic"));
            case TOO_MANY_REQUESTS -> Optional.of(Response.error(429, "Too Many Requests\n"));
            case BUSY ->
                Optional.of(Response.error(503, "Too many passwords wait to be checked, try again later.\n")
                        .with("Retry-After", "1"));
        };
    }
}
