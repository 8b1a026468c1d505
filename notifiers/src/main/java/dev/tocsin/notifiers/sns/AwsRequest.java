package dev.tocsin.notifiers.sns;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.TocsinFields;
import dev.tocsin.notifiers.payload.FormText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds signed requests of the query protocol. Stateless. */
final class AwsRequest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private AwsRequest() {}

    /**
     * A POST of {@code form}.
     *
     * @param part tells the request from others of the same notification; empty for the one that tells the alerts
     */
    static OutboundRequest post(
            Url url,
            FormText form,
            Notification notification,
            String part,
            AwsSignature signature,
            AwsCredentials credentials,
            Instant at) {
        byte[] body = form.toString().getBytes(StandardCharsets.UTF_8);
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("content-type", FORM);
        headers.put("host", url.host());
        headers.put("x-amz-date", AwsSignature.time(at));
        OutboundRequest request = new OutboundRequest("POST", url, TocsinFields.of(notification, FORM, part), body)
                .with("X-Amz-Date", AwsSignature.time(at))
                .openly();
        if (!credentials.sessionToken().isEmpty()) {
            headers.put("x-amz-security-token", credentials.sessionToken().reveal());
            request = request.with(
                    "X-Amz-Security-Token", credentials.sessionToken().reveal());
        }
        String query = url.suffix().startsWith("?") ? url.suffix().substring(1).replaceFirst("#.*", "") : "";
        return request.with("Authorization", signature.sign(credentials, "POST", url.path(), query, headers, body));
    }

    /** The text of the first element called {@code name} in an answer; empty if there is none. */
    static String element(String xml, String name) {
        String open = "<" + name + ">";
        int start = xml.indexOf(open);
        int end = start < 0 ? -1 : xml.indexOf("</" + name + ">", start);
        return end < 0
                ? ""
                : xml.substring(start + open.length(), end)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&amp;", "&");
    }
}
