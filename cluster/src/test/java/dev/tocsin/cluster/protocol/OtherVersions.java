package dev.tocsin.cluster.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.tocsin.cluster.proto.Envelope;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Messages as nodes of other versions would say them. */
public final class OtherVersions {
    private static final UnknownFieldSet LATER = UnknownFieldSet.newBuilder()
            .addField(2046, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .addField(
                    2047,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("news"))
                            .build())
            .build();

    /** What need not be a message of protobuf although it is bytes. */
    private static final Set<String> OPAQUE =
            Set.of("tocsin.cluster.Ask.content", "tocsin.cluster.AskAnswer.content", "tocsin.cluster.Nudge.alerts");

    /** What this version can do without, by full names. */
    private static final Set<String> NEWER = Set.of(
            "tocsin.cluster.Heartbeat.misses",
            "tocsin.cluster.Heartbeat.asks",
            "tocsin.cluster.Hello.asks",
            "tocsin.cluster.Claim.maybes",
            "tocsin.cluster.Claim.tick_age_ms",
            "tocsin.cluster.RenewAnswer.refused",
            "tocsin.cluster.RenewAnswer.abstained",
            "tocsin.cluster.LogPush.refused",
            "tocsin.cluster.Page.refused",
            "tocsin.cluster.TickDones.sent_at_wall_ms",
            "tocsin.cluster.TickDone.over",
            "tocsin.cluster.Nudge.alerts");

    private OtherVersions() {}

    /** With fields that this version does not know, at every level and in all that is carried inside. */
    public static Envelope later(Envelope message) {
        Message.Builder later = message.toBuilder();
        decorate(later);
        return (Envelope) later.build();
    }

    private static void decorate(Message.Builder message) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            FieldDescriptor key = field.getKey();
            if (key.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(key); i++) {
                    message.setRepeatedField(key, i, decorated(key, message.getRepeatedField(key, i)));
                }
            } else {
                message.setField(key, decorated(key, field.getValue()));
            }
        }
        message.setUnknownFields(LATER);
    }

    private static Object decorated(FieldDescriptor key, Object value) {
        if (value instanceof Message inner) {
            Message.Builder later = inner.toBuilder();
            decorate(later);
            return later.build();
        }
        return value instanceof ByteString content && !OPAQUE.contains(key.getFullName())
                ? content.concat(LATER.toByteString())
                : value;
    }

    /** Without the fields that a version before this one might not have had. */
    public static Envelope earlier(Envelope message) {
        Message.Builder earlier = message.toBuilder();
        strip(earlier);
        return (Envelope) earlier.build();
    }

    private static void strip(Message.Builder message) {
        for (FieldDescriptor key : List.copyOf(message.getAllFields().keySet())) {
            if (NEWER.contains(key.getFullName())) {
                message.clearField(key);
            } else if (key.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (key.isRepeated()) {
                    for (int i = 0; i < message.getRepeatedFieldCount(key); i++) {
                        message.setRepeatedField(key, i, stripped(message.getRepeatedField(key, i)));
                    }
                } else {
                    message.setField(key, stripped(message.getField(key)));
                }
            }
        }
    }

    private static Object stripped(Object value) {
        Message.Builder earlier = ((Message) value).toBuilder();
        strip(earlier);
        return earlier.build();
    }

    /** With some of its bytes changed, or cut short; as it is if it cannot be read any more. */
    public static Envelope damaged(Envelope message, RandomGenerator random) {
        byte[] bytes = message.toByteArray();
        int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        for (int changes = random.nextInt(4); changes > 0 && length > 0; changes--) {
            bytes[random.nextInt(length)] = (byte) random.nextInt(256);
        }
        try {
            return Envelope.parseFrom(ByteString.copyFrom(bytes, 0, length));
        } catch (InvalidProtocolBufferException e) {
            return message;
        }
    }

    /** Notes which kinds of messages have been seen. */
    public static final class Seen {
        private final Set<Envelope.BodyCase> kinds = EnumSet.noneOf(Envelope.BodyCase.class);

        /** Notes one. */
        public Envelope note(Envelope message) {
            kinds.add(message.getBodyCase());
            return message;
        }

        /** All of them. */
        public Set<Envelope.BodyCase> kinds() {
            return kinds;
        }
    }
}
