package dev.tocsin.cluster.atomix;

import io.atomix.cluster.ClusterMembershipEventListener;
import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.utils.net.Address;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members as our connections know them, for Atomix's communication service: who can be sent to, and who sent, is a
 * matter of authenticated connections and not of what gossip says at the moment. Safe for all threads.
 */
final class LinkedMembers implements ClusterMembershipService {
    private final Member self;
    private final Map<String, Member> members = new ConcurrentHashMap<>();

    LinkedMembers(String self) {
        this.self = member(self);
    }

    private static Member member(String name) {
        return Member.member(MemberId.from(name), Names.address(name));
    }

    /** Lets go of what was kept of a peer. */
    void forget(String name) {
        members.remove(name);
    }

    @Override
    public Member getLocalMember() {
        return self;
    }

    @Override
    public Set<Member> getMembers() {
        return Set.copyOf(members.values());
    }

    @Override
    public Member getMember(MemberId id) {
        return members.computeIfAbsent(id.id(), LinkedMembers::member);
    }

    @Override
    public Member getMember(Address address) {
        return getMember(MemberId.from(Names.name(address)));
    }

    /** Its events are not ours: nobody listens. */
    @Override
    public void addListener(ClusterMembershipEventListener listener) {}

    @Override
    public void removeListener(ClusterMembershipEventListener listener) {}
}
