package dev.tocsin.api.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.HashData;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.IllegalBCryptFormatException;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.tocsin.core.yaml.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A password's bcrypt hash, as {@code htpasswd -B} writes it. Immutable; {@code toString} does not show it.
 *
 * <p>The marks {@code 2}, {@code 2a}, {@code 2b}, {@code 2x} and {@code 2y} mean the same, and what follows the 72nd byte of
 * a password does not count, as in Go.
 */
public final class BcryptHash {
    private static final int PASSWORD_BYTES = 72;
    private static final int MIN_COST = 4;
    private static final int MAX_COST = 31;
    private static final int LENGTH = 60;

    private final String text;
    private final HashData data;

    private BcryptHash(String text, HashData data) {
        this.text = text;
        this.data = data;
    }

    /**
     * Reads a hash.
     *
     * @throws InvalidValueException saying what is wrong, without the text
     */
    public static BcryptHash parse(String text) throws InvalidValueException {
        if (!text.startsWith("$")) {
            throw new InvalidValueException(
                    "crypto/bcrypt: bcrypt hashes must start with '$'; write what htpasswd -B prints");
        }
        int mark = text.indexOf('$', 1);
        if (mark < 0 || text.length() - mark < LENGTH - 3) {
            throw new InvalidValueException("crypto/bcrypt: hashedSecret too short to be a bcrypted password");
        }
        if (text.charAt(1) != '2' || mark > 3) {
            throw new InvalidValueException(
                    "crypto/bcrypt: the version of the hash is not known, 2, 2a, 2b and 2y are");
        }
        String body = text.substring(mark);
        int cost = cost(body);
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new InvalidValueException("crypto/bcrypt: cost " + (cost < 0 ? "" : cost + " ")
                    + "is outside allowed inclusive range " + MIN_COST + ".." + MAX_COST);
        }
        try {
            String known = "$2a" + body.substring(0, LENGTH - 3);
            return new BcryptHash(text, Version.VERSION_2A.parser.parse(known.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalBCryptFormatException | IllegalArgumentException e) {
            throw new InvalidValueException("crypto/bcrypt: the hash is damaged");
        }
    }

    /** The two digits after the mark; -1 if they are none. */
    private static int cost(String body) {
        char tens = body.charAt(1);
        char ones = body.charAt(2);
        boolean digits = tens >= '0' && tens <= '9' && ones >= '0' && ones <= '9' && body.charAt(3) == '$';
        return digits ? (tens - '0') * 10 + (ones - '0') : -1;
    }

    /** A hash of {@code cost} that no password has: comparing with it takes as long as with a real one. */
    static BcryptHash decoy(int cost) {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[16];
        byte[] hash = new byte[23];
        random.nextBytes(salt);
        random.nextBytes(hash);
        return new BcryptHash("", new HashData(cost, Version.VERSION_2A, salt, hash));
    }

    /** The logarithm of the work to check a password: 10 takes about a twentieth of a second, each more the double. */
    int cost() {
        return data.cost;
    }

    /** The hash as it is written. */
    String reveal() {
        return text;
    }

    /** Whether this is the hash of {@code password}. Computes for as long as the cost says. */
    boolean isOf(byte[] password) {
        boolean whole = password.length < PASSWORD_BYTES;
        Version version = whole ? Version.VERSION_2A : Version.VERSION_2Y_NO_NULL_TERMINATOR;
        byte[] counted = whole ? password : Arrays.copyOf(password, PASSWORD_BYTES);
        byte[] hash = BCrypt.with(version, new SecureRandom(), LongPasswordStrategies.none())
                .hashRaw(data.cost, data.rawSalt, counted)
                .rawHash;
        return MessageDigest.isEqual(hash, data.rawHash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BcryptHash hash && hash.data.equals(data);
    }

    @Override
    public int hashCode() {
        return data.hashCode();
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
