package dev.tocsin.notifiers.http.proxy;

import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TransportException;
import dev.tocsin.notifiers.http.socket.GoErrors;
import dev.tocsin.notifiers.http.socket.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The CONNECT conversation with an HTTP proxy. It reads byte by byte and not one too many: what follows belongs to the
 * server behind. Stateless.
 */
public final class Tunnel {
    private static final int MAX_HEAD = 64 << 10;

    private Tunnel() {}

    /** Asks for a way to {@code server}; the answer's body and headers are not read into the result. */
    public static OutboundResult.Answer ask(Socket socket, HostPort server, List<HttpField> fields)
            throws TransportException {
        StringBuilder request = new StringBuilder("CONNECT ").append(server).append(" HTTP/1.1\r\n");
        for (HttpField field : fields) {
            request.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        request.append("\r\n");
        try {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String head = head(socket.getInputStream());
            return parse(head.substring(0, Math.max(0, head.indexOf('\n'))).strip());
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            throw TransportException.unreachable(GoErrors.read(GoErrors.ends(socket), e));
        }
    }

    /** Go's error is the words after the status code. */
    public static String refusal(OutboundResult.Answer answer) {
        return answer.body().isEmpty() ? Integer.toString(answer.status()) : answer.body();
    }

    private static OutboundResult.Answer parse(String line) throws TransportException {
        String[] parts = line.split(" ", 3);
        if (parts.length >= 2 && parts[0].startsWith("HTTP/1.") && parts[1].length() == 3) {
            try {
                String words = parts.length == 3 ? parts[2] : "";
                return new OutboundResult.Answer(Integer.parseInt(parts[1]), List.of(), words, false);
            } catch (NumberFormatException e) {
                // falls through: not a status line
            }
        }
        throw TransportException.unreachable("malformed HTTP response from the proxy");
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < MAX_HEAD) {
            int b = in.read();
            if (b < 0) {
                throw TransportException.unreachable(head.isEmpty() ? "EOF" : "unexpected EOF");
            }
            head.append((char) b);
            if (b == '\n' && (endsWith(head, "\r\n\r\n") || endsWith(head, "\n\n"))) {
                return head.toString();
            }
        }
        throw TransportException.unreachable("the answer of the proxy is too long");
    }

    private static boolean endsWith(StringBuilder text, String end) {
        int from = text.length() - end.length();
        return from >= 0 && text.indexOf(end, from) == from;
    }
}
