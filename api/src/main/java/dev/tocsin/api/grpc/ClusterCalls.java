package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.ClusterServiceGrpc;
import dev.tocsin.api.grpc.v1.ClusterServiceMembersRequest;
import dev.tocsin.api.grpc.v1.ClusterServiceMembersResponse;
import dev.tocsin.api.grpc.v1.ClusterServiceOwnershipRequest;
import dev.tocsin.api.grpc.v1.ClusterServiceOwnershipResponse;
import dev.tocsin.api.grpc.v1.ClusterServiceWatchRequest;
import dev.tocsin.api.grpc.v1.ClusterServiceWatchResponse;
import dev.tocsin.api.grpc.v1.Member;
import dev.tocsin.api.service.ClusterService;
import dev.tocsin.api.service.GroupEntry;
import dev.tocsin.api.service.GroupService;
import dev.tocsin.api.service.Page;
import dev.tocsin.api.service.PageRequest;
import dev.tocsin.api.watch.Batch;
import dev.tocsin.api.watch.Start;
import dev.tocsin.api.watch.Version;
import dev.tocsin.api.watch.Watches;
import io.grpc.stub.StreamObserver;

/** The calls of ClusterService. Safe for all threads. */
final class ClusterCalls extends ClusterServiceGrpc.ClusterServiceImplBase {
    private final ClusterService cluster;
    private final GroupService groups;
    private final Watches watches;
    private final WatchStreams streams;

    ClusterCalls(ClusterService cluster, GroupService groups, Watches watches, WatchStreams streams) {
        this.cluster = cluster;
        this.groups = groups;
        this.watches = watches;
        this.streams = streams;
    }

    @Override
    public void members(ClusterServiceMembersRequest request, StreamObserver<ClusterServiceMembersResponse> out) {
        Replies.now(out, () -> {
            ClusterService.Members members = cluster.members();
            ClusterServiceMembersResponse.Builder answer = ClusterServiceMembersResponse.newBuilder()
                    .setStatus(members.status())
                    .setNode(members.node());
            members.nodes().forEach(node -> answer.addMembers(member(node)));
            return answer.build();
        });
    }

    private static Member member(ClusterService.Node node) {
        return Member.newBuilder()
                .setName(node.name())
                .setAddress(node.address())
                .setSelf(node.self())
                .build();
    }

    @Override
    public void ownership(ClusterServiceOwnershipRequest request, StreamObserver<ClusterServiceOwnershipResponse> out) {
        Replies.now(out, () -> {
            Page<GroupEntry> page = groups.owners(
                    request.getGroupKey(), new PageRequest(request.getPageSize(), request.getPageToken()));
            ClusterServiceOwnershipResponse.Builder answer =
                    ClusterServiceOwnershipResponse.newBuilder().setNextPageToken(page.nextToken());
            for (GroupEntry entry : page.items()) {
                answer.addGroupsBuilder()
                        .setGroup(entry.name())
                        .setGroupKey(entry.view().id().groupKey())
                        .setReceiver(entry.view().receiver())
                        .setOwner(entry.owner())
                        .addAllRanking(entry.ranking());
            }
            return answer.build();
        });
    }

    @Override
    public void watch(ClusterServiceWatchRequest request, StreamObserver<ClusterServiceWatchResponse> out) {
        streams.serve(
                out, wake -> watches.nodes(new Start(request.getCursor(), request.getKnownMap()), wake), this::news);
    }

    private ClusterServiceWatchResponse news(Batch<ClusterService.Node> batch) {
        ClusterServiceWatchResponse.Builder out = ClusterServiceWatchResponse.newBuilder()
                .setKind(WatchStreams.kind(batch))
                .setCursor(batch.cursor())
                .addAllRemoved(batch.removed())
                .setStatus(cluster.members().status());
        batch.upserted().forEach(node -> out.addUpserted(member(node)).addVersions(Version.of(node)));
        return out.build();
    }
}
