package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.SilenceServiceExpireRequest;
import dev.tocsin.api.grpc.v1.SilenceServiceExpireResponse;
import dev.tocsin.api.grpc.v1.SilenceServiceGetRequest;
import dev.tocsin.api.grpc.v1.SilenceServiceGetResponse;
import dev.tocsin.api.grpc.v1.SilenceServiceGrpc;
import dev.tocsin.api.grpc.v1.SilenceServiceListRequest;
import dev.tocsin.api.grpc.v1.SilenceServiceListResponse;
import dev.tocsin.api.grpc.v1.SilenceServicePreviewRequest;
import dev.tocsin.api.grpc.v1.SilenceServicePreviewResponse;
import dev.tocsin.api.grpc.v1.SilenceServiceUpsertRequest;
import dev.tocsin.api.grpc.v1.SilenceServiceUpsertResponse;
import dev.tocsin.api.grpc.v1.SilenceServiceWatchRequest;
import dev.tocsin.api.grpc.v1.SilenceServiceWatchResponse;
import dev.tocsin.api.service.Page;
import dev.tocsin.api.service.PageRequest;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.api.service.SilenceView;
import dev.tocsin.api.watch.Batch;
import dev.tocsin.api.watch.Start;
import dev.tocsin.api.watch.Version;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.core.runtime.Clock;
import io.grpc.stub.StreamObserver;
import java.time.Instant;

/** The calls of SilenceService. Safe for all threads. */
final class SilenceCalls extends SilenceServiceGrpc.SilenceServiceImplBase {
    private final SilenceService silences;
    private final Watches watches;
    private final WatchStreams streams;
    private final Clock clock;

    SilenceCalls(SilenceService silences, Watches watches, WatchStreams streams, Clock clock) {
        this.silences = silences;
        this.watches = watches;
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public void list(SilenceServiceListRequest request, StreamObserver<SilenceServiceListResponse> out) {
        Replies.now(out, () -> {
            Page<SilenceView> page = silences.list(
                    SilenceMessages.query(request.getMatchersList(), request.getStatesList()),
                    new PageRequest(request.getPageSize(), request.getPageToken()));
            SilenceServiceListResponse.Builder answer =
                    SilenceServiceListResponse.newBuilder().setNextPageToken(page.nextToken());
            page.items().forEach(view -> answer.addSilences(SilenceMessages.silence(view)));
            return answer.build();
        });
    }

    @Override
    public void get(SilenceServiceGetRequest request, StreamObserver<SilenceServiceGetResponse> out) {
        Replies.now(
                out,
                () -> SilenceServiceGetResponse.newBuilder()
                        .setSilence(SilenceMessages.silence(silences.get(request.getId())))
                        .build());
    }

    @Override
    public void upsert(SilenceServiceUpsertRequest request, StreamObserver<SilenceServiceUpsertResponse> out) {
        Replies.later(
                out,
                () -> silences.upsert(SilenceMessages.draft(request.getSilence()))
                        .thenApply(id -> SilenceServiceUpsertResponse.newBuilder()
                                .setId(id)
                                .build()));
    }

    @Override
    public void expire(SilenceServiceExpireRequest request, StreamObserver<SilenceServiceExpireResponse> out) {
        Replies.later(
                out,
                () -> silences.expire(request.getId())
                        .thenApply(done -> SilenceServiceExpireResponse.getDefaultInstance()));
    }

    @Override
    public void preview(SilenceServicePreviewRequest request, StreamObserver<SilenceServicePreviewResponse> out) {
        Replies.now(out, () -> {
            SilenceService.Preview preview =
                    silences.preview(SilenceMessages.drafts("matchers", request.getMatchersList()), request.getLimit());
            Instant now = clock.now();
            SilenceServicePreviewResponse.Builder answer = SilenceServicePreviewResponse.newBuilder()
                    .setMatched(preview.matched())
                    .setNewlySilenced(preview.newlySilenced());
            preview.alerts().forEach(view -> answer.addAlerts(AlertMessages.alert(view, now)));
            return answer.build();
        });
    }

    @Override
    public void watch(SilenceServiceWatchRequest request, StreamObserver<SilenceServiceWatchResponse> out) {
        streams.serve(
                out,
                wake -> watches.silences(
                        SilenceMessages.query(request.getMatchersList(), request.getStatesList()),
                        new Start(request.getCursor(), request.getKnownMap()),
                        wake),
                SilenceCalls::news);
    }

    private static SilenceServiceWatchResponse news(Batch<SilenceView> batch) {
        SilenceServiceWatchResponse.Builder out = SilenceServiceWatchResponse.newBuilder()
                .setKind(WatchStreams.kind(batch))
                .setCursor(batch.cursor())
                .addAllRemoved(batch.removed());
        batch.upserted()
                .forEach(view -> out.addUpserted(SilenceMessages.silence(view)).addVersions(Version.of(view)));
        return out.build();
    }
}
