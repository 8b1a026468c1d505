package dev.tocsin.notifiers.http.auth;

import dev.tocsin.core.config.Secret;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a request carried that nobody may read in its answer: receivers quote what they were sent, above all when they do
 * not like it, and answers go to logs and to the journal. A secret that the receiver has encoded anew is not found.
 * Immutable.
 *
 * @param texts longest first
 */
public record SentSecrets(List<String> texts) {
    /** Shorter ones are words that a harmless answer may have. */
    private static final int SHORTEST = 6;

    /** The shortest part of a secret address that is a secret by itself. */
    private static final int SHORTEST_PART = 16;

    /**
     * The secrets of a request.
     *
     * @param fields all headers that were sent with it
     */
    public static SentSecrets of(OutboundRequest request, List<HttpField> fields, Credentials credentials) {
        List<String> found = new ArrayList<>(request.hidden());
        for (HttpField field : fields) {
            if (field.name().equalsIgnoreCase("Authorization") || credentials.isSecret(field.name())) {
                found.add(field.value());
                found.add(field.value().substring(field.value().indexOf(' ') + 1));
            }
        }
        if (!request.isOpen()) {
            address(request.url().toString(), found);
        }
        found.removeIf(text -> text.length() < SHORTEST);
        found.sort(Comparator.comparingInt(String::length).reversed());
        return new SentSecrets(List.copyOf(found));
    }

    /** The address, what follows the host in it, and each part of that which is long enough to be a token. */
    private static void address(String url, List<String> found) {
        found.add(url);
        int path = url.indexOf('/', url.indexOf("://") + 3);
        if (path < 0) {
            return;
        }
        addPart(url.substring(path), found);
        int from = path + 1;
        for (int i = from; i <= url.length(); i++) {
            if (i == url.length() || "/?&=".indexOf(url.charAt(i)) >= 0) {
                addPart(url.substring(from, i), found);
                from = i + 1;
            }
        }
    }

    private static void addPart(String part, List<String> found) {
        if (part.length() >= SHORTEST_PART) {
            found.add(part);
        }
    }

    /** The answer without them. */
    public OutboundResult.Answer removedFrom(OutboundResult.Answer answer) {
        String body = answer.body();
        for (String text : texts) {
            body = body.replace(text, Secret.MASK);
        }
        return body.equals(answer.body())
                ? answer
                : new OutboundResult.Answer(answer.status(), answer.fields(), body, answer.cut());
    }
}
