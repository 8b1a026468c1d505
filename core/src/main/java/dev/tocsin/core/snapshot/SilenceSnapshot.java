package dev.tocsin.core.snapshot;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.proto.MatcherSet;
import dev.tocsin.core.snapshot.proto.MeshSilence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The file {@code silences} and its records (contract sections 6.3 and 13.4). */
public final class SilenceSnapshot {
    /** The file's name in the storage folder. */
    public static final String FILE = "silences";

    private SilenceSnapshot() {}

    /**
     * What a file holds.
     *
     * @param silences those that can be used
     * @param unusable one line for each record whose matchers do not compile
     */
    public record Content(List<Silence> silences, List<String> unusable) {}

    /** The file's bytes; empty if there are no silences. */
    public static byte[] encode(Collection<Silence> silences) {
        List<MeshSilence> messages = new ArrayList<>(silences.size());
        for (Silence silence : silences) {
            messages.add(message(silence));
        }
        return DelimitedRecords.encode(messages);
    }

    /**
     * The silences of a file.
     *
     * @throws InvalidSnapshotException if it is not such a file
     */
    public static Content decode(byte[] file) throws InvalidSnapshotException {
        List<MeshSilence> messages = DelimitedRecords.decode(file, MeshSilence.parser());
        List<Silence> silences = new ArrayList<>(messages.size());
        List<String> unusable = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            MeshSilence message = messages.get(i);
            if (!message.hasSilence()) {
                throw DelimitedRecords.invalid(i, "has no silence");
            }
            try {
                silences.add(silence(message));
            } catch (InvalidMatcherException e) {
                unusable.add("silence " + message.getSilence().getId() + ": " + e.getMessage());
            }
        }
        return new Content(List.copyOf(silences), List.copyOf(unusable));
    }

    /** One silence as a record without length; equal silences have equal bytes. */
    public static byte[] encodeRecord(Silence silence) {
        byte[] delimited = encode(List.of(silence));
        int lengthBytes = 1;
        while (delimited[lengthBytes - 1] < 0) {
            lengthBytes++;
        }
        return Arrays.copyOfRange(delimited, lengthBytes, delimited.length);
    }

    /**
     * The silence of one record.
     *
     * @throws InvalidSnapshotException if the bytes are not a silence
     * @throws InvalidMatcherException if one of its matchers does not compile
     */
    public static Silence decodeRecord(byte[] record) throws InvalidSnapshotException, InvalidMatcherException {
        MeshSilence message;
        try {
            message = MeshSilence.parseFrom(record);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidSnapshotException("a record cannot be decoded: " + e.getMessage());
        }
        if (!message.hasSilence()) {
            throw new InvalidSnapshotException("a record has no silence");
        }
        return silence(message);
    }

    /** The size of {@link #encodeRecord}, in bytes. */
    public static int recordSize(Silence silence) {
        return message(silence).getSerializedSize();
    }

    private static MeshSilence message(Silence silence) {
        dev.tocsin.core.snapshot.proto.Silence.Builder builder = dev.tocsin.core.snapshot.proto.Silence.newBuilder()
                .setId(silence.id())
                .setStartsAt(ProtoTime.of(silence.startsAt()))
                .setEndsAt(ProtoTime.of(silence.endsAt()))
                .setUpdatedAt(ProtoTime.of(silence.updatedAt()))
                .setCreatedBy(silence.createdBy())
                .setComment(silence.comment())
                .putAllAnnotations(silence.annotations());
        for (List<Matcher> set : silence.matcherSets()) {
            MatcherSet.Builder matchers = MatcherSet.newBuilder();
            for (Matcher matcher : set) {
                matchers.addMatchers(message(matcher));
            }
            builder.addMatcherSets(matchers);
        }
        if (builder.getMatcherSetsCount() > 0) {
            builder.addAllMatchers(builder.getMatcherSets(0).getMatchersList());
        }
        return MeshSilence.newBuilder()
                .setSilence(builder)
                .setExpiresAt(ProtoTime.of(silence.expiresAt()))
                .build();
    }

    private static dev.tocsin.core.snapshot.proto.Matcher message(Matcher matcher) {
        return dev.tocsin.core.snapshot.proto.Matcher.newBuilder()
                .setType(
                        switch (matcher.type()) {
                            case EQUAL -> dev.tocsin.core.snapshot.proto.Matcher.Type.EQUAL;
                            case NOT_EQUAL -> dev.tocsin.core.snapshot.proto.Matcher.Type.NOT_EQUAL;
                            case REGEXP -> dev.tocsin.core.snapshot.proto.Matcher.Type.REGEXP;
                            case NOT_REGEXP -> dev.tocsin.core.snapshot.proto.Matcher.Type.NOT_REGEXP;
                        })
                .setName(matcher.name())
                .setPattern(matcher.value())
                .build();
    }

    private static Silence silence(MeshSilence message) throws InvalidSnapshotException, InvalidMatcherException {
        dev.tocsin.core.snapshot.proto.Silence silence = message.getSilence();
        List<List<Matcher>> sets = new ArrayList<>();
        for (MatcherSet set : silence.getMatcherSetsList()) {
            sets.add(matchers(set.getMatchersList()));
        }
        if (sets.isEmpty() && silence.getMatchersCount() > 0) {
            sets.add(matchers(silence.getMatchersList()));
        }
        boolean old = silence.getCommentsCount() > 0;
        return new Silence(
                silence.getId(),
                List.copyOf(sets),
                ProtoTime.read(silence.getStartsAt()),
                ProtoTime.read(silence.getEndsAt()),
                ProtoTime.read(silence.getUpdatedAt()),
                old ? silence.getComments(0).getAuthor() : silence.getCreatedBy(),
                old ? silence.getComments(0).getComment() : silence.getComment(),
                Map.copyOf(silence.getAnnotationsMap()),
                ProtoTime.read(message.getExpiresAt()));
    }

    private static List<Matcher> matchers(List<dev.tocsin.core.snapshot.proto.Matcher> messages)
            throws InvalidMatcherException {
        List<Matcher> matchers = new ArrayList<>(messages.size());
        for (dev.tocsin.core.snapshot.proto.Matcher message : messages) {
            MatchType type = switch (message.getType()) {
                case EQUAL -> MatchType.EQUAL;
                case NOT_EQUAL -> MatchType.NOT_EQUAL;
                case REGEXP -> MatchType.REGEXP;
                case NOT_REGEXP -> MatchType.NOT_REGEXP;
                case UNRECOGNIZED ->
                    throw new InvalidMatcherException("unknown matcher type " + message.getTypeValue());
            };
            matchers.add(Matcher.of(message.getName(), type, message.getPattern()));
        }
        return List.copyOf(matchers);
    }
}
