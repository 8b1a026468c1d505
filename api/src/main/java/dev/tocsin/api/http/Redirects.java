package dev.tocsin.api.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** Answers that send the client elsewhere. */
final class Redirects {
    private Redirects() {}

    /** An answer with a link for people, unless the method is one of those that programs use. */
    static Response to(int status, String location, Request request) {
        Response bare = Response.empty(status);
        if (request.is("GET") || request.is("HEAD")) {
            String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
            String page = "<a href=\"" + escaped(location) + "\">" + reason + "</a>.\n\n";
            bare = Response.bytes(
                    status,
                    "text/html; charset=utf-8",
                    request.is("GET") ? page.getBytes(StandardCharsets.UTF_8) : new byte[0]);
        }
        return bare.with("Location", location);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }
}
