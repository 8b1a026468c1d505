package dev.tocsin.it.sim.world;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.tocsin.cluster.proto.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says nonsense in place of what a node says: fields with values that nobody would set, bytes that are damaged, fields
 * that are missing, too many or those of another message. What cannot be read as a message any more is not said, as on a
 * real connection. Depends on the dice alone.
 */
final class Garbler {
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        99,
        1023,
        1024,
        4096,
        1L << 31,
        (1L << 31) - 1,
        1L << 32,
        1_000_000_000_000L,
        -1_000_000_000_000L,
        9_223_372_036_855L,
        Long.MAX_VALUE / 1_000_000,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final String[] TEXTS = {
        "", "n1", "n2", "n3", "nobody", "{}:{}", "\0", "\ud83d\ude00", "a\nb", "x".repeat(300), "y".repeat(100_000)
    };
    private static final int MOST_BYTES = 500_000;
    private static final int MANY = 3_000;
    private static final int UNKNOWN_NUMBER = 99;

    private final Dice dice;

    Garbler(Dice dice) {
        this.dice = dice;
    }

    /** What is said: every other time something else than {@code message}. */
    Envelope instead(Envelope message) {
        return dice.chance(.5) ? garbled(message) : message;
    }

    /** What is said instead of {@code message}; the same if nothing that can be read came out. */
    private Envelope garbled(Envelope message) {
        Message.Builder builder = message.toBuilder();
        for (int changes = 1 + dice.below(3); changes > 0; changes--) {
            change(builder, 0);
        }
        Envelope changed = (Envelope) builder.buildPartial();
        if (changed.getSerializedSize() > MOST_BYTES) {
            return message;
        }
        byte[] bytes = changed.toByteArray();
        if (dice.below(4) == 0) {
            bytes = damaged(bytes);
        }
        try {
            return Envelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return changed;
        }
    }

    private byte[] damaged(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int i = dice.below(4); i >= 0 && changed.length > 0; i--) {
            changed[dice.below(changed.length)] = (byte) dice.below(256);
        }
        return dice.below(3) == 0 ? Arrays.copyOf(changed, dice.below(changed.length + 1)) : changed;
    }

    /** Changes one field somewhere in the message, mostly one that is set. */
    private void change(Message.Builder builder, int depth) {
        List<FieldDescriptor> set = new ArrayList<>(builder.getAllFields().keySet());
        List<FieldDescriptor> all = builder.getDescriptorForType().getFields();
        if (all.isEmpty()) {
            return;
        }
        boolean strange = set.isEmpty() || dice.below(6) == 0;
        FieldDescriptor field = strange ? all.get(dice.below(all.size())) : set.get(dice.below(set.size()));
        if (field.isRepeated()) {
            repeated(builder, field, depth);
        } else if (dice.below(10) == 0) {
            builder.clearField(field);
        } else {
            builder.setField(field, other(builder, field, builder.getField(field), depth));
        }
    }

    private void repeated(Message.Builder builder, FieldDescriptor field, int depth) {
        int count = builder.getRepeatedFieldCount(field);
        switch (dice.below(8)) {
            case 0 -> builder.clearField(field);
            case 1 -> {
                Object one = count > 0
                        ? builder.getRepeatedField(field, dice.below(count))
                        : other(builder, field, nothing(builder, field), depth);
                int times = one instanceof String text && text.length() > MANY ? 2 : MANY;
                for (int i = 0; i < times; i++) {
                    builder.addRepeatedField(field, one);
                }
            }
            case 2 -> builder.addRepeatedField(field, other(builder, field, nothing(builder, field), depth));
            default -> {
                if (count > 0) {
                    int which = dice.below(count);
                    Object before = builder.getRepeatedField(field, which);
                    builder.setRepeatedField(field, which, other(builder, field, before, depth));
                }
            }
        }
    }

    private static Object nothing(Message.Builder builder, FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? builder.newBuilderForField(field).buildPartial()
                : ByteString.EMPTY;
    }

    private Object other(Message.Builder builder, FieldDescriptor field, Object before, int depth) {
        return switch (field.getJavaType()) {
            case INT -> (int) number();
            case LONG -> number();
            case BOOLEAN -> dice.below(2) == 0;
            case STRING -> TEXTS[dice.below(TEXTS.length)];
            case BYTE_STRING -> bytes(before);
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(strangeNumber());
            case MESSAGE -> message(builder, field, before, depth);
            case FLOAT, DOUBLE -> Double.NaN;
        };
    }

    private int strangeNumber() {
        int number = dice.below(6);
        return number < 5 ? number : UNKNOWN_NUMBER;
    }

    private long number() {
        int which = dice.below(NUMBERS.length + 2);
        return which < NUMBERS.length ? NUMBERS[which] : dice.millis(-100_000, 100_000) / 1_000_000;
    }

    private ByteString bytes(Object before) {
        byte[] content = before instanceof ByteString given ? given.toByteArray() : new byte[0];
        return switch (dice.below(6)) {
            case 0 -> ByteString.EMPTY;
            case 1 -> ByteString.copyFrom(new byte[100_000]);
            case 2 -> ByteString.copyFrom(content).concat(ByteString.copyFrom(content));
            default -> ByteString.copyFrom(damaged(content));
        };
    }

    private Message message(Message.Builder parent, FieldDescriptor field, Object before, int depth) {
        Message.Builder inner = before instanceof Message given ? given.toBuilder() : parent.newBuilderForField(field);
        if (depth < 8) {
            change(inner, depth + 1);
        }
        return inner.buildPartial();
    }
}
