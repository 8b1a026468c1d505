package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Hello;
import dev.tocsin.cluster.proto.RememberedMembers;
import org.jspecify.annotations.Nullable;

/** What this node says of itself, and whether it believes what peers say. Used on the hub loop only. */
final class Hellos {
    /** The version of the protocol that this node speaks. */
    static final int PROTOCOL = 1;

    private final ClusterContext context;
    private final Register register;
    private final Warmth warmth;
    private String configHash;
    private long configGeneration;
    boolean draining;
    /** Whether this node had said goodbye, and too few have heard that it is back. */
    private boolean returning;

    Hellos(ClusterContext context, Register register, Warmth warmth, RememberedMembers remembered) {
        this.context = context;
        this.register = register;
        this.warmth = warmth;
        this.configHash = remembered.getConfigHash();
        this.configGeneration = remembered.getConfigGeneration();
        this.returning = remembered.getLeft() && remembered.getMembersCount() > 0;
    }

    /** A configuration is in force. Returns whether it is another one than before; then it gets the next generation. */
    boolean configured(String hash) {
        if (hash.equals(configHash)) {
            return false;
        }
        configHash = hash;
        for (Member member : register.all()) {
            if (member.info != null) {
                configGeneration = Math.max(configGeneration, member.info.configGeneration());
            }
        }
        configGeneration++;
        return true;
    }

    /** What this node says of itself now. */
    Members.Info own() {
        return new Members.Info(
                context.node(),
                context.replica(),
                context.incarnation(),
                warmth.warm(),
                draining,
                configHash,
                configGeneration,
                returning);
    }

    /** Whether this node itself may flush groups. */
    boolean isEligible() {
        return warmth.warm() && !draining;
    }

    boolean isOwn(String node) {
        return node.equals(context.node());
    }

    /** The same as a message. */
    private Hello hello() {
        Hello.Builder hello = Hello.newBuilder()
                .setNode(context.node())
                .setReplica(context.replica())
                .setIncarnation(context.incarnation())
                .setWarm(warmth.warm())
                .setDraining(draining)
                .setConfigHash(configHash)
                .setConfigGeneration(configGeneration)
                .setProtocol(PROTOCOL)
                .setReturning(returning)
                .setSentAtWallMs(context.clock().now().toEpochMilli())
                .addKnown(context.node());
        for (Member member : register.all()) {
            if (member.info != null && !member.left) {
                hello.addKnown(member.name);
            }
        }
        return hello.build();
    }

    /** Says it to all that are connected. */
    void greetAll() {
        for (Member member : register.all()) {
            if (member.connected) {
                greet(member);
            }
        }
    }

    /** What the peer said before this connection was made does not count: it is asked to say it again. */
    void greet(Member member) {
        Hello hello = hello().toBuilder().setAsks(!member.greeted).build();
        context.transport()
                .send(member.name, Envelope.newBuilder().setHello(hello).build());
    }

    /** What outlives a restart, on disk. */
    RememberedMembers remembered() {
        return RememberedMembers.newBuilder()
                .setConfigHash(configHash)
                .setConfigGeneration(configGeneration)
                .setLeft(draining || returning)
                .setAliveAtMs(context.clock().now().toEpochMilli())
                .addAllMembers(register.remembered())
                .build();
    }

    /**
     * Looks whether those that have not left since have heard that this node is back: if half of them count it, the others
     * are no majority without it.
     *
     * @return whether that is news
     */
    boolean hasReturned(MemberView view) {
        if (!returning) {
            return false;
        }
        int counted = 0;
        int heard = 0;
        for (Member member : register.all()) {
            boolean counts = view.known().contains(member.name) && !view.dead().contains(member.name);
            if (counts && (member.info == null || !member.info.returning())) {
                counted++;
                heard += view.live().contains(member.name) && member.knows.contains(context.node()) ? 1 : 0;
            }
        }
        returning = 2 * heard < counted;
        return !returning;
    }

    static Members.Info read(String peer, Hello hello) {
        return new Members.Info(
                peer,
                hello.getReplica(),
                hello.getIncarnation(),
                hello.getWarm(),
                hello.getDraining(),
                hello.getConfigHash(),
                hello.getConfigGeneration(),
                hello.getReturning());
    }

    /** Whether a hello counts; if not, or if its sender speaks another version, that is reported once. */
    boolean believed(Member member, Hello hello, MemberReport report) {
        String problem = problem(member.name, hello);
        if (problem == null && hello.getProtocol() == PROTOCOL) {
            return true;
        }
        if (!member.versionReported) {
            member.versionReported = true;
            if (problem == null) {
                report.otherVersion(member.name, hello.getProtocol());
            } else {
                report.notBelieved(member.name, problem);
            }
        }
        return problem == null;
    }

    /**
     * Whether a process that is over has said it. If it is all that is heard of the peer, it is reported once: its disk is
     * older than what was seen of it.
     */
    boolean isOfThePast(Member member, Members.@Nullable Info before, Members.Info now, MemberReport report) {
        if (before == null || before.replica() != now.replica() || before.incarnation() <= now.incarnation()) {
            return false;
        }
        if (!member.greeted && !member.versionReported) {
            member.versionReported = true;
            report.notBelieved(
                    member.name,
                    "its storage folder is older than this node has seen it, and its clock does not tell how old;"
                            + " remove the file replica from it");
        }
        return true;
    }

    /** Why a hello is not believed; null if it is. */
    private @Nullable String problem(String peer, Hello hello) {
        if (!hello.getNode().equals(peer)) {
            return "it calls itself " + hello.getNode();
        }
        if (hello.getReplica() == context.replica()) {
            return "it has this node's replica id: its storage folder is a copy; remove the file replica from it";
        }
        return hello.getProtocol() < 1 ? "it does not say which protocol it speaks" : null;
    }
}
