package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.IntegrationHealth;
import dev.tocsin.api.grpc.v1.Receiver;
import dev.tocsin.api.grpc.v1.ReceiverServiceGrpc;
import dev.tocsin.api.grpc.v1.ReceiverServiceHealthRequest;
import dev.tocsin.api.grpc.v1.ReceiverServiceHealthResponse;
import dev.tocsin.api.grpc.v1.ReceiverServiceListRequest;
import dev.tocsin.api.grpc.v1.ReceiverServiceListResponse;
import dev.tocsin.api.grpc.v1.ReceiverServiceTestRequest;
import dev.tocsin.api.grpc.v1.ReceiverServiceTestResponse;
import dev.tocsin.api.service.ClusterService;
import dev.tocsin.api.service.ReceiverService;
import dev.tocsin.core.config.ReceiverConfig;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;

/** The calls of ReceiverService. Safe for all threads. */
final class ReceiverCalls extends ReceiverServiceGrpc.ReceiverServiceImplBase {
    private final ReceiverService receivers;
    private final ClusterService cluster;

    ReceiverCalls(ReceiverService receivers, ClusterService cluster) {
        this.receivers = receivers;
        this.cluster = cluster;
    }

    @Override
    public void list(ReceiverServiceListRequest request, StreamObserver<ReceiverServiceListResponse> out) {
        Replies.now(out, () -> {
            ReceiverServiceListResponse.Builder answer = ReceiverServiceListResponse.newBuilder();
            for (ReceiverConfig receiver : receivers.list(request.getMatchersList())) {
                answer.addReceivers(Receiver.newBuilder()
                        .setName(receiver.name())
                        .putAllLabels(receiver.labels())
                        .addAllIntegrations(receiver.integrations().stream()
                                .map(ReceiverConfig.Integration::toString)
                                .toList()));
            }
            return answer.build();
        });
    }

    @Override
    public void health(ReceiverServiceHealthRequest request, StreamObserver<ReceiverServiceHealthResponse> out) {
        Replies.now(out, () -> {
            ReceiverServiceHealthResponse.Builder answer = ReceiverServiceHealthResponse.newBuilder()
                    .setNode(cluster.members().node());
            receivers.health(request.getReceiver()).forEach(health -> answer.addIntegrations(health(health)));
            return answer.build();
        });
    }

    private static IntegrationHealth health(dev.tocsin.core.notify.IntegrationHealth health) {
        IntegrationHealth.Builder out = IntegrationHealth.newBuilder()
                .setReceiver(health.receiver())
                .setIntegration(health.integration())
                .setState(
                        switch (health.state()) {
                            case "ok" -> IntegrationHealth.State.STATE_OK;
                            case "failing" -> IntegrationHealth.State.STATE_FAILING;
                            default -> IntegrationHealth.State.STATE_UNUSED;
                        })
                .setLastFailure(health.lastError())
                .setSuccesses(health.delivered())
                .setFailures(health.failed())
                .setConsecutiveFailedAttempts(health.failedAttempts())
                .setWaiting(health.waiting());
        if (health.lastDelivered() != null) {
            out.setLastSuccessAt(Times.timestamp(health.lastDelivered()));
        }
        if (health.lastFailed() != null) {
            out.setLastFailureAt(Times.timestamp(health.lastFailed()));
        }
        if (health.failingSince() != null) {
            out.setFailingSince(Times.timestamp(health.failingSince()));
        }
        return out.build();
    }

    @Override
    public void test(ReceiverServiceTestRequest request, StreamObserver<ReceiverServiceTestResponse> out) {
        Replies.later(
                out,
                () -> receivers
                        .test(
                                request.getReceiver(),
                                request.getLabelsMap(),
                                request.getResolved(),
                                request.hasTimeout() ? Times.duration("timeout", request.getTimeout()) : Duration.ZERO)
                        .thenApply(ReceiverCalls::tested));
    }

    private static ReceiverServiceTestResponse tested(List<ReceiverService.TestResult> results) {
        ReceiverServiceTestResponse.Builder answer = ReceiverServiceTestResponse.newBuilder();
        for (ReceiverService.TestResult result : results) {
            answer.addResultsBuilder()
                    .setIntegration(result.integration())
                    .setAccepted(result.accepted())
                    .setMessage(result.message())
                    .setRetryable(result.retryable())
                    .setTook(Times.duration(result.took()));
        }
        return answer.build();
    }
}
