package dev.tocsin.notifiers.sns;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Amazon's services want it: signature version 4, as described under "Signing AWS API requests" in the
 * IAM user guide. Immutable; safe for all threads.
 *
 * @param region such as {@code eu-west-1}
 * @param service such as {@code sns}
 */
record AwsSignature(String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** An instant as the header {@code X-Amz-Date} has it. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /**
     * The header {@code Authorization} of a request.
     *
     * @param path percent-encoded as it is sent
     * @param query as it is sent; may be empty
     * @param headers names in lower case to values; all of them are signed, {@code host} and {@code x-amz-date} among them
     */
    String sign(
            AwsCredentials credentials,
            String method,
            String path,
            String query,
            SortedMap<String, String> headers,
            byte[] body) {
        String time = headers.getOrDefault("x-amz-date", "");
        String day = time.substring(0, Math.min(8, time.length()));
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String signed = String.join(";", headers.keySet());
        StringBuilder lines = new StringBuilder();
        headers.forEach((name, value) ->
                lines.append(name).append(':').append(value.strip()).append('\n'));
        String canonical = String.join(
                "\n", method, encoded(path.isEmpty() ? "/" : path), sorted(query), lines, signed, hash(body));
        String toSign = String.join("\n", ALGORITHM, time, scope, hash(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + credentials.secretKey().reveal()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(day, region, service, "aws4_request", toSign)) {
            key = hmac(key, part);
        }
        return ALGORITHM + " Credential=" + credentials.accessKey() + "/" + scope + ", SignedHeaders=" + signed
                + ", Signature=" + HexFormat.of().formatHex(key);
    }

    /** The services but S3 want what is encoded once encoded again. */
    private static String encoded(String path) {
        StringBuilder out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~/".indexOf(c) >= 0;
            out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return out.toString();
    }

    private static String sorted(String query) {
        List<String> parts = new ArrayList<>(query.isEmpty() ? List.of() : List.of(query.split("&", -1)));
        parts.replaceAll(part -> part.indexOf('=') < 0 ? part + "=" : part);
        parts.sort(Comparator.naturalOrder());
        return String.join("&", parts);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
