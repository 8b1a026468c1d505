package dev.tocsin.notifiers.http.message;

import dev.tocsin.core.label.GoQuote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts headers into the order in which Go writes them (notifiers contract section 0.4). Stateless. */
public final class HeaderFields {
    private static final String USER_AGENT = "User-Agent";

    private HeaderFields() {}

    /**
     * {@code Host}, {@code User-Agent}, {@code Content-Length}, then the rest by name; lines of one name keep their order.
     *
     * @param userAgent unless the rest has one
     * @param length of the body in bytes; negative for a request that has none by its nature
     * @throws TransportException if a name or value cannot be sent, such as a secret with a line break in it
     */
    public static List<HttpField> ordered(String host, String userAgent, int length, List<HttpField> rest)
            throws TransportException {
        List<HttpField> fields = new ArrayList<>(rest.size() + 3);
        for (HttpField field : rest) {
            fields.add(new HttpField(HeaderNames.canonical(field.name()), field.value()));
        }
        check(fields);
        fields.sort(Comparator.comparing(HttpField::name));
        List<HttpField> first = new ArrayList<>(fields.size() + 3);
        first.add(new HttpField("Host", host));
        first.add(agent(fields, userAgent));
        if (length >= 0) {
            first.add(new HttpField("Content-Length", Integer.toString(length)));
        }
        fields.removeIf(field -> field.name().equals(USER_AGENT));
        first.addAll(fields);
        return first;
    }

    private static HttpField agent(List<HttpField> fields, String otherwise) {
        for (HttpField field : fields) {
            if (field.name().equals(USER_AGENT)) {
                return field;
            }
        }
        return new HttpField(USER_AGENT, otherwise);
    }

    /** Refuses what would break out of its line. */
    public static void check(List<HttpField> fields) throws TransportException {
        for (HttpField field : fields) {
            if (!HeaderNames.isName(field.name())) {
                throw TransportException.broken("net/http: invalid header field name " + GoQuote.quote(field.name()));
            }
            if (!field.value().chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f))) {
                throw TransportException.broken(
                        "net/http: invalid header field value for " + GoQuote.quote(field.name()));
            }
        }
    }
}
