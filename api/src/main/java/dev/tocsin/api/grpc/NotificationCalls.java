package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.NotificationServiceGrpc;
import dev.tocsin.api.grpc.v1.NotificationServiceHistoryRequest;
import dev.tocsin.api.grpc.v1.NotificationServiceHistoryResponse;
import dev.tocsin.api.grpc.v1.NotificationServiceWatchRequest;
import dev.tocsin.api.grpc.v1.NotificationServiceWatchResponse;
import dev.tocsin.api.service.NotificationService;
import dev.tocsin.api.service.PageRequest;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.watch.Batch;
import dev.tocsin.api.watch.JournalWatches;
import dev.tocsin.core.journal.JournalEntry;
import io.grpc.stub.StreamObserver;

/** The calls of NotificationService. Safe for all threads. */
final class NotificationCalls extends NotificationServiceGrpc.NotificationServiceImplBase {
    private final NotificationService notifications;
    private final JournalWatches watches;
    private final WatchStreams streams;

    NotificationCalls(NotificationService notifications, JournalWatches watches, WatchStreams streams) {
        this.notifications = notifications;
        this.watches = watches;
        this.streams = streams;
    }

    @Override
    public void history(
            NotificationServiceHistoryRequest request, StreamObserver<NotificationServiceHistoryResponse> out) {
        Replies.later(
                out,
                () -> notifications
                        .history(
                                JournalMessages.filter(request.getFilter()),
                                new PageRequest(request.getPageSize(), request.getPageToken()))
                        .thenApply(NotificationCalls::page));
    }

    private static NotificationServiceHistoryResponse page(NotificationService.History history) {
        NotificationServiceHistoryResponse.Builder answer = NotificationServiceHistoryResponse.newBuilder()
                .setNextPageToken(history.page().nextToken());
        history.page().items().forEach(entry -> answer.addEntries(JournalMessages.entry(entry)));
        history.silent().forEach((node, error) -> answer.addSilentNodes(JournalMessages.silent(node, error)));
        return answer.build();
    }

    @Override
    public void watch(NotificationServiceWatchRequest request, StreamObserver<NotificationServiceWatchResponse> out) {
        streams.serve(
                out,
                wake -> {
                    var filter = request.getFilter();
                    if (filter.hasSince() || filter.hasUntil()) {
                        throw ServiceException.invalid("filter", "a watch takes no times; ask History for the past");
                    }
                    return watches.watch(JournalMessages.filter(filter), request.getCursor(), wake);
                },
                NotificationCalls::news);
    }

    private static NotificationServiceWatchResponse news(Batch<JournalEntry> batch) {
        NotificationServiceWatchResponse.Builder out = NotificationServiceWatchResponse.newBuilder()
                .setKind(WatchStreams.kind(batch))
                .setCursor(batch.cursor());
        batch.upserted().forEach(entry -> out.addEntries(JournalMessages.entry(entry)));
        return out.build();
    }
}
