package dev.tocsin.core.template.exec;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.template.value.Bytes;
import dev.tocsin.core.template.value.FunctionException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Percent encoding and base 64, back and forth. Stateless. */
final class Base {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base() {}

    /** A value of a query as it was meant: a plus sign is a space. */
    static String urlUnescape(String text) throws FunctionException {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] bytes = Bytes.encode(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '+') {
                out.write(' ');
            } else if (bytes[i] != '%') {
                out.write(bytes[i]);
            } else {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    String escape = Bytes.decode(bytes, i, Math.min(3, bytes.length - i));
                    throw new FunctionException("invalid URL escape " + GoQuote.quote(escape));
                }
                out.write((high << 4) | low);
                i += 2;
            }
        }
        byte[] decoded = out.toByteArray();
        return Bytes.decode(decoded, 0, decoded.length);
    }

    static String encode64(String text) {
        return Base64.getUrlEncoder().encodeToString(Bytes.encode(text));
    }

    static String decode64(String text) throws FunctionException {
        String written = text.replace("\n", "").replace("\r", "");
        int wrong = wrongCharacter(written);
        if (wrong < 0) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(written);
                return Bytes.decode(bytes, 0, bytes.length);
            } catch (IllegalArgumentException e) {
                wrong = written.length();
            }
        }
        throw new FunctionException("illegal base64 data at input byte " + wrong);
    }

    /** The index of the first character that cannot stand where it is; -1 if there is none. Padding is a must. */
    private static int wrongCharacter(String text) {
        int end = text.length();
        while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return i;
            }
        }
        return text.length() % 4 == 0 ? -1 : text.length();
    }
}
