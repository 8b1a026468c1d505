package dev.tocsin.notifiers.http.message;

import dev.tocsin.core.config.Url;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** User name and password of an address, decoded. Stateless. */
public final class Userinfo {
    private Userinfo() {}

    /** Empty if there is none. */
    public static String username(Url url) {
        return decode(url.username() == null ? "" : url.username());
    }

    /** Empty if there is none. */
    public static String password(Url url) {
        return decode(url.password() == null ? "" : url.password().reveal());
    }

    /** The value of an {@code Authorization} header. */
    public static String basic(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** What a percent-encoded text, already checked, stands for. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            boolean escape = raw[i] == '%' && i + 2 < raw.length;
            decoded[length++] =
                    escape ? (byte) Integer.parseInt(new String(raw, i + 1, 2, StandardCharsets.US_ASCII), 16) : raw[i];
            i += escape ? 2 : 0;
        }
        return new String(Arrays.copyOf(decoded, length), StandardCharsets.UTF_8);
    }
}
