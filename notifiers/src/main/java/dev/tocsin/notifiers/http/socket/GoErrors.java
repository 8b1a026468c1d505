package dev.tocsin.notifiers.http.socket;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong on the network in the words of Go's libraries, which runbooks and log searches know. Stateless. */
public final class GoErrors {
    /** Alerts by which a server refuses a handshake, which in TLS 1.3 arrive after the first request was written. */
    private static final Set<String> REFUSALS = Set.of(
            "handshake_failure",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "certificate_required");

    private static final String ALERT = "fatal alert: ";

    private GoErrors() {}

    /** {@code 127.0.0.1:80} or {@code [::1]:80}. */
    public static String address(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return String.valueOf(address);
        }
        String host = inet.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        host = zone < 0 ? host : host.substring(0, zone);
        return (host.indexOf(':') < 0 ? host : "[" + compress(host) + "]") + ":" + inet.getPort();
    }

    /** A connection was not accepted. */
    public static String dial(InetSocketAddress to, IOException e) {
        String what = switch (e) {
            case SocketTimeoutException timeout -> "i/o timeout";
            default -> "connect: " + reason(e);
        };
        return "dial tcp " + address(to) + ": " + what;
    }

    /** The reason label of the dialer's metric. */
    public static String dialReason(IOException e) {
        return switch (e) {
            case SocketTimeoutException timeout -> "timeout";
            case ConnectException refused when reason(e).equals("connection refused") -> "refused";
            default -> "unknown";
        };
    }

    /**
     * A request could not be written.
     *
     * @param ends see {@link #ends}
     */
    public static String write(String ends, IOException e) {
        return e instanceof SSLException tls ? tls(tls) : "write tcp " + ends + ": write: " + reason(e);
    }

    /**
     * An answer could not be read.
     *
     * @param ends see {@link #ends}
     */
    public static String read(String ends, IOException e) {
        return switch (e) {
            case NoHttpResponseException nothing -> "EOF";
            case ConnectionClosedException closed -> "unexpected EOF";
            case EOFException closed -> "EOF";
            case SSLException tls -> tls(tls);
            default -> "read tcp " + ends + ": read: " + reason(e);
        };
    }

    /** A TLS handshake failed, or the connection broke inside TLS. */
    public static String tls(SSLException e) {
        String message = String.valueOf(e.getMessage());
        int alert = message.indexOf(ALERT);
        if (alert >= 0) {
            return "remote error: tls: "
                    + message.substring(alert + ALERT.length()).replace('_', ' ');
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String unverified = switch (cause) {
                case CertificateExpiredException expired ->
                    "certificate has expired or is not yet valid: " + expired.getMessage();
                case CertificateNotYetValidException early ->
                    "certificate has expired or is not yet valid: " + early.getMessage();
                case CertPathBuilderException unknown -> "certificate signed by unknown authority";
                case CertPathValidatorException invalid when invalid.getCause() == null -> invalid.getMessage();
                case java.security.cert.CertificateException names
                when names.getCause() == null ->
                    "certificate is not valid for the server's name: " + names.getMessage();
                default -> null;
            };
            if (unverified != null) {
                return "tls: failed to verify certificate: x509: " + unverified;
            }
        }
        if (message.contains("Unsupported or unrecognized SSL message")) {
            return "tls: first record does not look like a TLS handshake";
        }
        return "tls: " + message;
    }

    /** Whether the server said during the handshake that it does not talk to us, so that it acted on nothing. */
    public static boolean refusedHandshake(IOException e) {
        String message = String.valueOf(e.getMessage());
        int alert = message.indexOf(ALERT);
        return e instanceof SSLException && alert >= 0 && REFUSALS.contains(message.substring(alert + ALERT.length()));
    }

    /** The operating system's reason, as it prints it itself: {@code connection refused}. */
    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        int detail = message.indexOf(" (");
        String reason = (detail < 0 ? message : message.substring(0, detail)).toLowerCase(Locale.ROOT);
        return switch (reason) {
            case "connection reset", "connection reset by peer" -> "connection reset by peer";
            case "read timed out" -> "i/o timeout";
            default -> reason;
        };
    }

    /** Both ends of a connection, asked for while it stands: {@code 10.0.0.1:5000->10.0.0.2:80}. */
    public static String ends(Socket socket) {
        return address(socket.getLocalSocketAddress()) + "->" + address(socket.getRemoteSocketAddress());
    }

    /** The longest run of zero groups becomes {@code ::}. */
    private static String compress(String groups) {
        String[] parts = groups.split(":", -1);
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < parts.length; i++) {
            int end = i;
            while (end < parts.length && parts[end].equals("0")) {
                end++;
            }
            if (end - i > bestLength) {
                best = i;
                bestLength = end - i;
            }
        }
        if (best < 0) {
            return groups;
        }
        String before = String.join(":", java.util.Arrays.copyOfRange(parts, 0, best));
        String after = String.join(":", java.util.Arrays.copyOfRange(parts, best + bestLength, parts.length));
        return before + "::" + after;
    }
}
