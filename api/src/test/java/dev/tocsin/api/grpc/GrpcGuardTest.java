package dev.tocsin.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceListRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchResponse;
import dev.tocsin.api.web.WebConfigException;
import dev.tocsin.api.web.WebSecurity;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.tls.TestAuthority;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port is no less protected than the HTTP port. */
class GrpcGuardTest {
    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();

    private TestGrpc guarded(String yaml, UnaryOperator<NettyChannelBuilder> client)
            throws IOException, WebConfigException {
        Path file = Files.writeString(folder.resolve("web.yml"), yaml);
        WebSecurity security = new WebSecurity(
                file, Map.of(), work -> Thread.ofVirtual().start(work), time, new Metrics(new MetricRegistry()));
        TestGrpc grpc = new TestGrpc(time, time, new VirtualWorkers(time), security, client);
        grpc.server.serve();
        return grpc;
    }

    private static String users() {
        return "basic_auth_users:\n  me: " + BCrypt.withDefaults().hashToString(4, "secret".toCharArray()) + "\n";
    }

    private static ClientInterceptor credentials(String userAndPassword) {
        Metadata metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8)));
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    private static Code list(TestGrpc grpc, String credentials) {
        var stub = AlertServiceGrpc.newBlockingStub(grpc.channel);
        if (!credentials.isEmpty()) {
            stub = stub.withInterceptors(credentials(credentials));
        }
        try {
            stub.list(AlertServiceListRequest.getDefaultInstance());
            return Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    @Test
    void onlyUsersWithTheirPasswordAreAnswered() throws IOException, WebConfigException {
        try (TestGrpc grpc = guarded(users(), NettyChannelBuilder::usePlaintext)) {
            assertThat(list(grpc, "me:secret")).isEqualTo(Code.OK);
            assertThat(list(grpc, "me:wrong")).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(list(grpc, "you:secret")).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(list(grpc, "")).isEqualTo(Code.UNAUTHENTICATED);
            StatusRuntimeException health = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> HealthGrpc.newBlockingStub(grpc.channel).check(HealthCheckRequest.getDefaultInstance()));
            assertThat(health.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(Details.info(health).getReason()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void whoIsNotAUserAnyMoreIsSentAwayFromHisWatch() throws IOException, WebConfigException {
        try (TestGrpc grpc = guarded(users(), NettyChannelBuilder::usePlaintext)) {
            var stub = AlertServiceGrpc.newBlockingStub(grpc.channel).withInterceptors(credentials("me:secret"));
            // nothing comes but the end: the hub behind it stands still
            Iterator<AlertServiceWatchResponse> watch = stub.watch(AlertServiceWatchRequest.getDefaultInstance());
            assertThat(list(grpc, "me:secret")).isEqualTo(Code.OK);
            Files.writeString(folder.resolve("web.yml"), users().replace("me:", "other:"));

            assertThat(list(grpc, "me:secret")).isEqualTo(Code.UNAUTHENTICATED);
            StatusRuntimeException end = catchThrowableOfType(StatusRuntimeException.class, watch::hasNext);
            assertThat(end.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
            assertThat(Details.info(end).getReason()).isEqualTo("DISMISSED");
        }
    }

    @Test
    void aConnectionWithoutTlsOrWithoutACertificateIsRefusedWhereTheFileAsksForThem()
            throws IOException, WebConfigException {
        new TestAuthority("ours").write(folder, "node", "127.0.0.1");
        String tls = """
                tls_server_config:
                  cert_file: node.pem
                  key_file: node.key
                  client_ca_file: ca.pem
                  client_auth_type: RequireAndVerifyClientCert
                """;
        try (TestGrpc plain = guarded(tls, NettyChannelBuilder::usePlaintext);
                TestGrpc nameless = guarded(tls, client -> secured(client, false));
                TestGrpc known = guarded(tls, client -> secured(client, true))) {
            assertThat(list(plain, "")).isEqualTo(Code.UNAVAILABLE);
            assertThat(list(nameless, "")).isEqualTo(Code.UNAVAILABLE);
            assertThat(list(known, "")).isEqualTo(Code.OK);
        }
    }

    private NettyChannelBuilder secured(NettyChannelBuilder client, boolean certificate) {
        try {
            SslContextBuilder context = GrpcSslContexts.forClient()
                    .trustManager(folder.resolve("ca.pem").toFile());
            if (certificate) {
                context.keyManager(
                        folder.resolve("node.pem").toFile(),
                        folder.resolve("node.key").toFile());
            }
            return client.sslContext(context.build());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
