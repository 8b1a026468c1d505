package dev.tocsin.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import dev.tocsin.core.label.LabelSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WireBufferProperties {
    /**
     * A field.
     *
     * @param expected how the library writes it
     * @param written how the buffer does
     */
    private record Field(Library expected, Consumer<WireBuffer> written) {}

    @FunctionalInterface
    private interface Library {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] expected(List<Field> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (Field field : fields) {
            field.expected.write(out);
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static void write(List<Field> fields, WireBuffer out) {
        fields.reversed().forEach(field -> field.written.accept(out));
    }

    /** Of any length, zero and negative ones among them. */
    private static long number(Random random) {
        long bits = random.nextInt(5) == 0 ? 0 : random.nextLong() >>> random.nextInt(Long.SIZE);
        return random.nextInt(4) == 0 ? -bits : bits;
    }

    private static List<Field> fields(Random random, int depth) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int field = 1 + random.nextInt(random.nextBoolean() ? 15 : 5_000);
            fields.add(
                    switch (random.nextInt(depth == 0 ? 3 : 4)) {
                        case 0 -> number(random, field);
                        case 1 -> text(random, field);
                        case 2 -> labels(random, field);
                        default -> message(fields(random, depth - 1), field);
                    });
        }
        return fields;
    }

    private static Field number(Random random, int field) throws IOException {
        long value = number(random);
        int small = (int) value;
        boolean flag = random.nextBoolean();
        return switch (random.nextInt(5)) {
            case 0 ->
                new Field(unlessZero(value, out -> out.writeInt64(field, value)), out -> out.number(field, value));
            case 1 ->
                new Field(unlessZero(small, out -> out.writeSInt32(field, small)), out -> out.signed(field, small));
            case 2 ->
                new Field(unlessZero(flag ? 1 : 0, out -> out.writeBool(field, flag)), out -> out.flag(field, flag));
            case 3 ->
                new Field(unlessZero(value, out -> out.writeFixed64(field, value)), out -> out.fixed(field, value));
            default -> {
                Instant time = Instant.ofEpochSecond(small, random.nextInt(3) * 400_000_000L);
                Timestamp message = Timestamp.newBuilder()
                        .setSeconds(time.getEpochSecond())
                        .setNanos(time.getNano())
                        .build();
                yield new Field(out -> out.writeMessage(field, message), out -> out.time(field, time));
            }
        };
    }

    private static Library unlessZero(long value, Library library) {
        return value == 0 ? out -> {} : library;
    }

    private static Field text(Random random, int field) {
        String text = new OddTexts(random).text();
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        long fingerprint = random.nextLong() >>> random.nextInt(Long.SIZE);
        Library expected = out -> out.writeString(field, text);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(5)) {
            case 0 -> new Field(expected, out -> out.text(field, text));
            case 1 -> new Field(expected, out -> out.text(field, WireBuffer.utf8(text)));
            case 2 -> new Field(expected, out -> out.text(field, text, ascii));
            case 3 -> new Field(out -> out.writeRawBytes(utf8), out -> out.raw(utf8));
            default ->
                new Field(
                        out -> out.writeString(field, LabelSet.fingerprintText(fingerprint)),
                        out -> out.fingerprint(field, fingerprint));
        };
    }

    private static Field labels(Random random, int field) throws IOException {
        LabelSet labels = new OddTexts(random).labels();
        List<Field> pairs = new ArrayList<>();
        List<Field> map = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            String value = labels.value(i);
            Field key = new Field(out -> out.writeString(1, name), out -> out.text(1, name));
            map.add(message(
                    List.of(key, new Field(out -> out.writeString(2, value), out -> out.text(2, value))), field));
            pairs.add(new Field(
                    out -> {
                        out.writeString(field, name);
                        out.writeString(field, value);
                    },
                    out -> {}));
        }
        byte[] expectedPairs = expected(pairs);
        byte[] expectedMap = expected(map);
        return random.nextBoolean()
                ? new Field(out -> out.writeRawBytes(expectedPairs), out -> out.pairs(field, labels))
                : new Field(out -> out.writeRawBytes(expectedMap), out -> out.map(field, labels));
    }

    private static Field message(List<Field> fields, int field) throws IOException {
        byte[] content = expected(fields);
        return new Field(out -> out.writeByteArray(field, content), out -> {
            int before = out.length();
            write(fields, out);
            out.message(field, before);
        });
    }

    @Property
    void theBytesAreThoseOfTheLibrary(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        WireBuffer out = new WireBuffer(random.nextInt(200));
        for (int i = 0; i < 3; i++) {
            List<Field> fields = fields(random, 3);
            out.clear();
            write(fields, out);
            assertThat(out.toByteArray()).isEqualTo(expected(fields)).hasSize(out.length());
            assertThat(out.array().length - out.start()).isEqualTo(out.length());
        }
    }

    @Property(tries = 200)
    void whatIsWrittenAgainIsTheSameAlsoWhenItHasGrownBetween(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Field> first = fields(random, 1);
        List<Field> known = fields(random, 1);
        List<Field> between = fields(random, 1);
        WireBuffer out = new WireBuffer(random.nextInt(200));
        write(first, out);
        int lengthThen = out.length();
        write(known, out);
        int size = out.length() - lengthThen;
        write(between, out);
        out.again(lengthThen, size);
        out.skip(2);

        List<Field> all = new ArrayList<>(known);
        all.addAll(between);
        all.addAll(known);
        all.addAll(first);
        assertThat(out.toByteArray()).endsWith(expected(all)).hasSize(2 + expected(all).length);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        out.writeTo(copy);
        assertThat(copy.toByteArray()).isEqualTo(out.toByteArray());
    }
}
