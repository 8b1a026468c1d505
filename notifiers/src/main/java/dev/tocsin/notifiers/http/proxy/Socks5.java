package dev.tocsin.notifiers.http.proxy;

import dev.tocsin.core.config.Url;
import dev.tocsin.notifiers.http.message.TransportException;
import dev.tocsin.notifiers.http.message.Userinfo;
import dev.tocsin.notifiers.http.socket.GoErrors;
import dev.tocsin.notifiers.http.socket.HostPort;
import dev.tocsin.notifiers.http.socket.Names;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Asks a SOCKS 5 proxy to connect to a server (RFC 1928, passwords by RFC 1929). Names go to the proxy as they are. The
 * JDK's own implementation takes passwords from a setting that the whole process shares. Stateless.
 */
public final class Socks5 {
    private static final byte VERSION = 5;
    private static final byte NO_AUTHENTICATION = 0;
    private static final byte PASSWORD = 2;
    private static final byte CONNECT = 1;
    private static final byte IPV4 = 1;
    private static final byte NAME = 3;
    private static final byte IPV6 = 4;
    private static final List<String> REPLIES = List.of(
            "succeeded",
            "general SOCKS server failure",
            "connection not allowed by ruleset",
            "network unreachable",
            "host unreachable",
            "connection refused",
            "TTL expired",
            "command not supported",
            "address type not supported");

    private Socks5() {}

    /** Makes {@code socket}, which is connected to the proxy, a connection to {@code server}. */
    public static void connect(Socket socket, Url proxy, HostPort server) throws TransportException {
        String step = "socks connect tcp " + proxy.host() + "->" + server + ": ";
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            boolean password = proxy.username() != null;
            out.write(password ? new byte[] {VERSION, 2, NO_AUTHENTICATION, PASSWORD} : new byte[] {VERSION, 1, 0});
            int version = in.readUnsignedByte();
            int method = in.readUnsignedByte();
            if (version != VERSION) {
                throw TransportException.unreachable(step + "unexpected protocol version " + version);
            }
            if (method == PASSWORD && password) {
                authenticate(in, out, proxy, step);
            } else if (method != NO_AUTHENTICATION) {
                throw TransportException.unreachable(step + "no acceptable authentication methods");
            }
            out.write(request(server, step));
            readReply(in, step);
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            throw TransportException.unreachable(step + GoErrors.read(GoErrors.ends(socket), e));
        }
    }

    private static void authenticate(DataInputStream in, OutputStream out, Url proxy, String step) throws IOException {
        byte[] user = Userinfo.username(proxy).getBytes(StandardCharsets.UTF_8);
        byte[] password = Userinfo.password(proxy).getBytes(StandardCharsets.UTF_8);
        if (user.length == 0 || user.length > 255 || password.length > 255) {
            throw TransportException.unreachable(step + "invalid username/password");
        }
        byte[] message = new byte[3 + user.length + password.length];
        message[0] = 1;
        message[1] = (byte) user.length;
        System.arraycopy(user, 0, message, 2, user.length);
        message[2 + user.length] = (byte) password.length;
        System.arraycopy(password, 0, message, 3 + user.length, password.length);
        out.write(message);
        in.readUnsignedByte();
        if (in.readUnsignedByte() != 0) {
            throw TransportException.unreachable(step + "username/password authentication failed");
        }
    }

    private static byte[] request(HostPort server, String step) throws TransportException {
        Optional<InetAddress> literal = Names.literal(server.host());
        byte[] host =
                literal.isPresent() ? literal.get().getAddress() : server.host().getBytes(StandardCharsets.US_ASCII);
        if (host.length > 255) {
            throw TransportException.unreachable(step + "FQDN too long");
        }
        int prefix = literal.isPresent() ? 4 : 5;
        byte[] request = new byte[prefix + host.length + 2];
        request[0] = VERSION;
        request[1] = CONNECT;
        request[3] = literal.isEmpty() ? NAME : host.length == 4 ? IPV4 : IPV6;
        if (literal.isEmpty()) {
            request[4] = (byte) host.length;
        }
        System.arraycopy(host, 0, request, prefix, host.length);
        request[prefix + host.length] = (byte) (server.port() >> 8);
        request[prefix + host.length + 1] = (byte) server.port();
        return request;
    }

    /** Reads to the end of the reply: what follows belongs to the server. */
    private static void readReply(DataInputStream in, String step) throws IOException {
        in.readUnsignedByte();
        int code = in.readUnsignedByte();
        if (code != 0) {
            String text = code < REPLIES.size() ? REPLIES.get(code) : "unknown code: " + code;
            throw TransportException.unreachable(step + "unknown error " + text);
        }
        in.readUnsignedByte();
        int length = switch (in.readUnsignedByte()) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> in.readUnsignedByte();
            default -> throw TransportException.unreachable(step + "unknown address type");
        };
        in.skipNBytes(length + 2L);
    }
}
