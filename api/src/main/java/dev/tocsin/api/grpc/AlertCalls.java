package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.AlertServiceExplainRequest;
import dev.tocsin.api.grpc.v1.AlertServiceExplainResponse;
import dev.tocsin.api.grpc.v1.AlertServiceGetRequest;
import dev.tocsin.api.grpc.v1.AlertServiceGetResponse;
import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServicePushRequest;
import dev.tocsin.api.grpc.v1.AlertServicePushResponse;
import dev.tocsin.api.grpc.v1.AlertServiceWatchRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchResponse;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.service.ServiceException.Fault;
import dev.tocsin.api.service.ServiceException.Violation;
import dev.tocsin.api.watch.Batch;
import dev.tocsin.api.watch.Start;
import dev.tocsin.api.watch.Version;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.runtime.Clock;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;

/** The calls of AlertService but {@link AlertListing}. Safe for all threads. */
final class AlertCalls extends AlertServiceGrpc.AlertServiceImplBase {
    private final AlertService alerts;
    private final Watches watches;
    private final WatchStreams streams;
    private final Clock clock;

    AlertCalls(AlertService alerts, Watches watches, WatchStreams streams, Clock clock) {
        this.alerts = alerts;
        this.watches = watches;
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public void push(AlertServicePushRequest request, StreamObserver<AlertServicePushResponse> out) {
        AlertSource source = Caller.current();
        Replies.later(
                out,
                () -> alerts.push(AlertMessages.posted(request.getAlertsList()), source)
                        .thenApply(AlertCalls::pushed));
    }

    private static AlertServicePushResponse pushed(AlertService.Pushed pushed) {
        if (pushed.accepted() == 0 && !pushed.refusals().isEmpty()) {
            List<Violation> violations = pushed.refusals().stream()
                    .limit(8)
                    .map(text -> new Violation("alerts", text))
                    .toList();
            throw new ServiceException(
                    Fault.INVALID,
                    "INVALID_ALERTS",
                    "no alert is valid: " + pushed.refusals().getFirst(),
                    violations);
        }
        return AlertServicePushResponse.newBuilder()
                .setAccepted(pushed.accepted())
                .addAllRefusals(pushed.refusals())
                .build();
    }

    @Override
    public void get(AlertServiceGetRequest request, StreamObserver<AlertServiceGetResponse> out) {
        Replies.now(
                out,
                () -> AlertServiceGetResponse.newBuilder()
                        .setAlert(AlertMessages.alert(alerts.get(request.getFingerprint()), clock.now()))
                        .build());
    }

    @Override
    public void watch(AlertServiceWatchRequest request, StreamObserver<AlertServiceWatchResponse> out) {
        streams.serve(
                out,
                wake -> watches.alerts(
                        AlertMessages.query(request.getFilter()),
                        new Start(request.getCursor(), request.getKnownMap()),
                        wake),
                this::news);
    }

    private AlertServiceWatchResponse news(Batch<AlertView> batch) {
        Instant now = clock.now();
        AlertServiceWatchResponse.Builder out = AlertServiceWatchResponse.newBuilder()
                .setKind(WatchStreams.kind(batch))
                .setCursor(batch.cursor())
                .addAllRemoved(batch.removed());
        batch.upserted()
                .forEach(view -> out.addUpserted(AlertMessages.alert(view, now)).addVersions(Version.of(view)));
        return out.build();
    }

    @Override
    public void explain(AlertServiceExplainRequest request, StreamObserver<AlertServiceExplainResponse> out) {
        Replies.later(
                out,
                () -> alerts.explain(question(request))
                        .thenApply(found -> AlertServiceExplainResponse.newBuilder()
                                .setExplanation(ExplanationMessages.explanation(found))
                                .build()));
    }

    private static Question question(AlertServiceExplainRequest request) {
        Question question = switch (request.getAlertCase()) {
            case FINGERPRINT -> Question.of(AlertService.fingerprint("fingerprint", request.getFingerprint()));
            case LABELS ->
                Question.of(AlertMessages.labels("labels", request.getLabels().getLabelsMap())
                        .withoutEmptyValues());
            case ALERT_NOT_SET -> throw ServiceException.invalid("alert", "give a fingerprint or labels");
        };
        return request.hasAt() ? question.at(Times.instant("at", request.getAt())) : question;
    }
}
