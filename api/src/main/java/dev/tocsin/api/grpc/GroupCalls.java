package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.Group;
import dev.tocsin.api.grpc.v1.GroupServiceGetRequest;
import dev.tocsin.api.grpc.v1.GroupServiceGetResponse;
import dev.tocsin.api.grpc.v1.GroupServiceGrpc;
import dev.tocsin.api.grpc.v1.GroupServiceListRequest;
import dev.tocsin.api.grpc.v1.GroupServiceListResponse;
import dev.tocsin.api.grpc.v1.GroupServiceWatchRequest;
import dev.tocsin.api.grpc.v1.GroupServiceWatchResponse;
import dev.tocsin.api.service.AlertQuery;
import dev.tocsin.api.service.GroupEntry;
import dev.tocsin.api.service.GroupService;
import dev.tocsin.api.service.Page;
import dev.tocsin.api.service.PageRequest;
import dev.tocsin.api.watch.Batch;
import dev.tocsin.api.watch.Start;
import dev.tocsin.api.watch.Version;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.core.runtime.Clock;
import io.grpc.stub.StreamObserver;
import java.time.Instant;

/** The calls of GroupService. Safe for all threads. */
final class GroupCalls extends GroupServiceGrpc.GroupServiceImplBase {
    private final GroupService groups;
    private final Watches watches;
    private final WatchStreams streams;
    private final Clock clock;

    GroupCalls(GroupService groups, Watches watches, WatchStreams streams, Clock clock) {
        this.groups = groups;
        this.watches = watches;
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public void list(GroupServiceListRequest request, StreamObserver<GroupServiceListResponse> out) {
        Replies.now(out, () -> {
            AlertQuery query = AlertMessages.query(request.getFilter());
            Page<GroupEntry> page = groups.list(query, new PageRequest(request.getPageSize(), request.getPageToken()));
            GroupServiceListResponse.Builder answer =
                    GroupServiceListResponse.newBuilder().setNextPageToken(page.nextToken());
            int bytes = 0;
            for (int i = 0; i < page.items().size(); i++) {
                GroupEntry entry = page.items().get(i);
                Group message = request.getWithoutAlerts()
                        ? plain(entry, entry.view().alerts().size()).build()
                        : whole(entry);
                bytes += message.getSerializedSize() + 4;
                answer.addGroups(message);
                if (bytes > AlertListing.MAX_BYTES && i + 1 < page.items().size()) {
                    answer.setNextPageToken(groups.after(query, entry));
                    break;
                }
            }
            return answer.build();
        });
    }

    private Group whole(GroupEntry entry) {
        Instant now = clock.now();
        Group.Builder group = plain(entry, entry.view().alerts().size());
        entry.view().alerts().forEach(view -> group.addAlerts(AlertMessages.alert(view, now)));
        return group.build();
    }

    /** A group without its alerts. */
    static Group.Builder plain(GroupEntry entry, int alerts) {
        Group.Builder group = Group.newBuilder()
                .setName(entry.name())
                .setKey(entry.view().id().groupKey())
                .setRouteId(entry.view().id().routeId())
                .putAllRouteLabels(entry.view().routeLabels())
                .setReceiver(entry.view().receiver())
                .setOwner(entry.owner())
                .setAlertCount(alerts)
                .addAllMutedBy(entry.mutedBy());
        entry.view().labels().forEach(group::putLabels);
        return group;
    }

    @Override
    public void get(GroupServiceGetRequest request, StreamObserver<GroupServiceGetResponse> out) {
        Replies.now(
                out,
                () -> GroupServiceGetResponse.newBuilder()
                        .setGroup(whole(groups.get(request.getName())))
                        .build());
    }

    @Override
    public void watch(GroupServiceWatchRequest request, StreamObserver<GroupServiceWatchResponse> out) {
        AlertQuery query = AlertMessages.query(request.getFilter());
        streams.serve(
                out,
                wake -> watches.groups(query, new Start(request.getCursor(), request.getKnownMap()), wake),
                batch -> news(query, batch));
    }

    private GroupServiceWatchResponse news(AlertQuery query, Batch<GroupEntry> batch) {
        GroupServiceWatchResponse.Builder out = GroupServiceWatchResponse.newBuilder()
                .setKind(WatchStreams.kind(batch))
                .setCursor(batch.cursor())
                .addAllRemoved(batch.removed());
        batch.upserted()
                .forEach(entry -> out.addUpserted(plain(entry, watches.passing(query, entry)))
                        .addVersions(Version.of(entry)));
        return out.build();
    }
}
