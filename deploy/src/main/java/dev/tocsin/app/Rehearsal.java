package dev.tocsin.app;

import com.codahale.metrics.MetricRegistry;
import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.Aged;
import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.LogPush;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.LogCodec;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.VersionVector;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.OutboundClients;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once, on nobody's time, what follows a receiver's first answer. The classes for it are loaded in a tenth of a second
 * or two; a node that dies in that time, between the answer and its outcome on the other nodes, makes a repeat. Blocks;
 * any thread.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
    private static final int REQUEST_BYTES = 2;

    private final Clock clock;
    private final Executor threads;

    /** @param threads runs what answers */
    Rehearsal(Clock clock, Executor threads) {
        this.clock = clock;
        this.threads = threads;
    }

    /** What goes wrong here would have gone wrong later, or not at all: it is only logged. */
    void run() {
        try {
            record();
            exchange();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | NotifierBuildException | InvalidValueException e) {
            failed(e);
        }
    }

    /** An outcome on its way to another node. */
    private void record() throws IOException {
        Instant now = clock.now();
        LogCodec codec = new LogCodec(clock);
        LogEntry entry = new LogEntry(
                new LogKey("{}:{}", "rehearsal", "webhook", 0),
                1,
                VersionVector.EMPTY,
                AlertHashes.of(1),
                AlertHashes.EMPTY,
                Map.of("rehearsal", new ReceiverValue.Text("")),
                now,
                now.plusSeconds(1),
                1,
                false);
        LogCodec.Aged encoded = codec.encode(entry);
        codec.entry(encoded);
        Aged.Builder aged = Aged.newBuilder()
                .setContent(ByteString.copyFrom(encoded.content()))
                .setAgeMs(encoded.ageMillis())
                .setRemainingMs(encoded.remainingMillis());
        Envelope.Builder message = Envelope.newBuilder()
                .setDelivery(1)
                .setLogPush(LogPush.newBuilder().addEntries(aged));
        byte[] frame = Bundle.newBuilder().addMessages(message).build().toByteArray();
        if (Bundle.parseFrom(frame).getMessagesCount() != 1) {
            throw new IOException("a message of the rehearsal came back as something else");
        }
    }

    /** A request and its answer, on a port of loopback that nobody else is told. */
    private void exchange() throws IOException, InterruptedException, NotifierBuildException, InvalidValueException {
        OutboundClients clients = new OutboundClients(InetAddress::getAllByName, Map.of(), "Tocsin");
        Outbound outbound = new Outbound(clients, new ConnectionMetrics(new Metrics(new MetricRegistry())), clock);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                IntegrationClient client = outbound.open("webhook", null)) {
            server.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            threads.execute(() -> answer(server));
            Url url = Url.parse("http://127.0.0.1:" + server.getLocalPort() + "/");
            client.deliver(
                    new OutboundRequest("POST", url, List.of(), new byte[REQUEST_BYTES]),
                    clock.now().plus(PATIENCE),
                    StatusRule::judge);
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            int read = socket.getInputStream().read(new byte[1024]);
            if (read > 0) {
                socket.getOutputStream().write(ANSWER);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private static void failed(Exception e) {
        LOG.atDebug().addKeyValue("component", "dispatcher").setCause(e).log("The rehearsal failed");
    }
}
