package dev.tocsin.core.wire;

import dev.tocsin.core.label.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that are hard to write as bytes: of each length of UTF-8, of none, no Unicode, and where lengths take one byte more. */
public final class OddTexts {
    private static final List<String> ALL = List.of(
            "",
            "a",
            "instance",
            "é",
            "日本",
            "\uD83D\uDD14",
            "\uD83D",
            "\u0141",
            "x".repeat(127),
            "x".repeat(128),
            "ü".repeat(64),
            "y".repeat(20_000));

    private final Random random;

    /** Takes its choices from {@code random}. */
    public OddTexts(Random random) {
        this.random = random;
    }

    /** One of {@code values}. */
    public <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A text. */
    public String text() {
        return any(ALL);
    }

    /** Up to {@code most} texts; mutable. */
    public List<String> texts(int most) {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    /** Up to four labels. */
    public LabelSet labels() {
        String[] pairs = new String[2 * random.nextInt(5)];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = text();
        }
        return LabelSet.ofPairs(pairs);
    }
}
