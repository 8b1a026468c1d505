package dev.tocsin.notifiers.email;

import dev.tocsin.core.tls.PemResources;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that plays one side of a dialogue: lines {@code S: …} are sent, at lines {@code C: …} a line is awaited,
 * whatever it says, {@code ** TLS} shakes hands. What is really said is recorded in the same form.
 */
final class ScriptedMailServer implements AutoCloseable {
    private final ServerSocket server;
    private final SSLContext tls;
    private final List<String> session = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile String data = "";

    /** @param script the dialogue; {@code ** TLS} may be its first line */
    ScriptedMailServer(List<String> script) throws Exception {
        PemResources pem = new PemResources();
        tls = SslContexts.of(
                TlsIdentity.parse(pem.text("server.crt"), "server.crt", pem.text("server.key"), "server.key"),
                SslContexts.trustEverybody());
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(() -> play(script));
    }

    int port() {
        return server.getLocalPort();
    }

    /** What was said, once the dialogue is over. */
    List<String> session() throws InterruptedException {
        thread.join(10_000);
        return List.copyOf(session);
    }

    /** The mail with the dot that ends it. */
    String data() throws InterruptedException {
        thread.join(10_000);
        return data;
    }

    private void play(List<String> script) {
        try (Socket plain = server.accept()) {
            Socket socket = plain;
            BufferedReader in = null;
            for (String line : script) {
                if (line.equals("** TLS")) {
                    SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
                    secured.setUseClientMode(false);
                    secured.startHandshake();
                    socket = secured;
                    in = null;
                    session.add(line);
                    continue;
                }
                if (in == null) {
                    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                }
                if (line.startsWith("C: ")) {
                    String said = in.readLine();
                    session.add("C: " + said);
                    if (said == null) {
                        return;
                    }
                } else if (line.startsWith("S: ")) {
                    OutputStream out = socket.getOutputStream();
                    out.write((line.substring(3) + "\r\n").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    session.add(line);
                    if (line.startsWith("S: 354")) {
                        readData(in);
                    }
                }
            }
            socket.close();
        } catch (IOException e) {
            session.add("** " + e.getClass().getSimpleName());
        }
    }

    private void readData(BufferedReader in) throws IOException {
        StringBuilder all = new StringBuilder();
        String line;
        do {
            line = in.readLine();
            all.append(line).append("\r\n");
        } while (line != null && !line.equals("."));
        data = all.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
