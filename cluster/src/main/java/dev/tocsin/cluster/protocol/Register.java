package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.RememberedMember;
import dev.tocsin.cluster.proto.RememberedMembers;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The peers by name, and the processes of theirs that are over. Used on the hub loop only. Bounded at {@link #MOST}. */
final class Register {
    /** More peers than this are not let in. */
    static final int MOST = 128;

    private final ClusterContext context;
    private final Map<String, Member> members = new TreeMap<>();

    /** By replica id the highest incarnation that is over, the latest ones. */
    private final Map<Long, Integer> over = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > MOST;
        }
    };

    Register(ClusterContext context, RememberedMembers remembered) {
        this.context = context;
        for (RememberedMember known : remembered.getMembersList()) {
            Member member = meet(known.getName());
            if (member != null) {
                member.info = new Members.Info(
                        known.getName(), known.getReplica(), known.getIncarnation(), false, false, "", 0, false);
            }
        }
    }

    @Nullable Member find(String name) {
        return members.get(name);
    }

    /** The peer of this name, new if it was unknown; null if it is this node itself or one too many. */
    @Nullable Member meet(String name) {
        Member member = members.get(name);
        if (member == null && !name.equals(context.node()) && hasRoom()) {
            member = new Member(name, context.clock().nanoTime());
            members.put(name, member);
        }
        return member;
    }

    private boolean hasRoom() {
        if (members.size() >= MOST) {
            members.values().removeIf(member -> member.left && !member.connected);
        }
        return members.size() < MOST;
    }

    /** All peers by name; a live, unmodifiable view. */
    Collection<Member> all() {
        return Collections.unmodifiableCollection(members.values());
    }

    /**
     * Lets whoever was not seen for too long count no more, until it says hello again; the transport may list it still.
     *
     * @return whether there was one
     */
    boolean forget(MemberView view, long nowNanos) {
        boolean found = false;
        for (Member member : members.values()) {
            if (!member.left && view.forgets(member, context, nowNanos)) {
                member.left = true;
                found = true;
            }
        }
        return found;
    }

    /** Those of {@code unasked} that still count, and have not answered as nodes that know what the others know. */
    Members.Unasked unmet(Members.Unasked unasked, MemberView view) {
        Set<String> unmet = new TreeSet<>(unasked.nodes());
        unmet.retainAll(view.known());
        unmet.removeIf(name -> {
            Member member = members.get(name);
            return view.live().contains(name) && member != null && member.info != null && member.info.warm();
        });
        return new Members.Unasked(Collections.unmodifiableSet(unmet), unasked.since());
    }

    /** Those that are certainly gone and were silent before. */
    Members.Unasked lostFromSight(MemberView view) {
        if (view.dead().isEmpty()) {
            return Members.Unasked.NONE;
        }
        Set<String> lost = new TreeSet<>();
        Instant since = Instant.EPOCH;
        for (String name : view.dead()) {
            Member member = members.get(name);
            Instant at = member == null ? null : member.lostAt;
            if (at != null) {
                lost.add(name);
                since = at.isAfter(since) ? at : since;
            }
        }
        return new Members.Unasked(Collections.unmodifiableSet(lost), since);
    }

    /** Lets those that answer as nodes that know what the others know not be lost any more. */
    void found(MemberView view) {
        for (String name : view.live()) {
            Member member = members.get(name);
            if (member != null && member.lostAt != null && member.info != null && member.info.warm()) {
                member.lostAt = null;
            }
        }
    }

    /** Notes whether a hello told of another process than the one before: that one is over. */
    boolean restarted(Members.@Nullable Info before, Members.Info now) {
        if (before == null) {
            return false;
        }
        boolean sameFolder = before.replica() == now.replica();
        if (sameFolder && before.incarnation() >= now.incarnation()) {
            return false;
        }
        over.put(before.replica(), sameFolder ? now.incarnation() - 1 : Integer.MAX_VALUE);
        return true;
    }

    /** Another name at this member's address belongs to a process that is over. */
    void endNamesakes(Member member, List<Transport.Peer> found) {
        String address = "";
        for (Transport.Peer peer : found) {
            address = peer.name().equals(member.name) ? peer.address() : address;
        }
        if (address.isEmpty()) {
            return;
        }
        for (Transport.Peer peer : found) {
            Member other = members.get(peer.name());
            if (other != null && other != member && !other.connected && address.equals(peer.address())) {
                if (other.info != null) {
                    over.put(other.info.replica(), Integer.MAX_VALUE);
                }
                other.left = true;
            }
        }
    }

    /** Whether the process is certainly gone. */
    boolean gone(long replica, int incarnation) {
        if (replica == context.replica()) {
            return incarnation < context.incarnation();
        }
        Integer last = over.get(replica);
        if (last != null && incarnation <= last) {
            return true;
        }
        for (Member member : members.values()) {
            Members.Info info = member.info;
            if (info != null && info.replica() == replica) {
                return info.incarnation() > incarnation
                        || MemberView.dead(member, context, context.clock().nanoTime());
            }
        }
        return false;
    }

    /** How many live peers have another configuration. */
    int otherConfigs(MemberView view, String hash) {
        int others = 0;
        for (Member member : members.values()) {
            Members.Info info = member.info;
            if (info != null
                    && view.live().contains(member.name)
                    && !info.configHash().equals(hash)) {
                others++;
            }
        }
        return others;
    }

    /** What has to be remembered of those that did not leave. */
    List<RememberedMember> remembered() {
        return members.values().stream()
                .filter(member -> !member.left)
                .map(member -> member.info)
                .filter(info -> info != null)
                .map(info -> RememberedMember.newBuilder()
                        .setName(info.name())
                        .setReplica(info.replica())
                        .setIncarnation(info.incarnation())
                        .build())
                .toList();
    }
}
