package dev.tocsin.core.store.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilenceIndexTest {
    private final SilenceIndex index = new SilenceIndex();

    private static Silence silence(String id, List<List<Matcher>> sets) {
        Instant now = Instant.EPOCH;
        return new Silence(id, sets, now, now.plusSeconds(1), now, "", "", Map.of(), now.plusSeconds(2));
    }

    private Set<String> matching(LabelSet labels) {
        Set<String> ids = new HashSet<>();
        index.candidates(labels, silence -> {
            if (silence.matches(labels)) {
                ids.add(silence.id());
            }
        });
        return ids;
    }

    private static Matcher random(Random random) throws InvalidMatcherException {
        String name = "n" + random.nextInt(3);
        String value = "v" + random.nextInt(3);
        return switch (random.nextInt(7)) {
            case 0 -> Matcher.of(name, MatchType.NOT_EQUAL, value);
            case 1 -> Matcher.of(name, MatchType.REGEXP, value + "|v1");
            case 2 -> Matcher.of(name, MatchType.REGEXP, "v.*");
            case 3 -> Matcher.of(name, MatchType.REGEXP, value + "|");
            case 4 -> Matcher.equal(name, "");
            default -> Matcher.equal(name, value);
        };
    }

    @Test
    void itFindsWhatALookAtEverySilenceWouldFind() throws InvalidMatcherException {
        Random random = new Random(5);
        Map<String, Silence> known = new HashMap<>();
        for (int round = 0; round < 3000; round++) {
            String id = "s" + random.nextInt(40);
            if (random.nextInt(3) == 0) {
                index.remove(id);
                known.remove(id);
            } else {
                List<List<Matcher>> sets = new ArrayList<>();
                for (int set = random.nextInt(2); set >= 0; set--) {
                    List<Matcher> matchers = new ArrayList<>();
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        matchers.add(random(random));
                    }
                    sets.add(matchers);
                }
                Silence silence = silence(id, sets);
                index.put(silence);
                known.put(id, silence);
            }
            Map<String, String> labels = new HashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                labels.put("n" + random.nextInt(3), "v" + random.nextInt(4));
            }
            LabelSet alert = LabelSet.of(labels);
            Set<String> expected = new HashSet<>();
            known.values().forEach(silence -> {
                if (silence.matches(alert)) {
                    expected.add(silence.id());
                }
            });
            assertThat(matching(alert)).isEqualTo(expected);
            assertThat(index.size()).isEqualTo(known.size());
        }
        for (String id : known.keySet()) {
            index.remove(id);
        }
        assertThat(index.candidates(LabelSet.of("n0", "v0", "n1", "v1", "n2", "v2"), silence -> {}))
                .isZero();
    }

    @Test
    void silencesOfThePlainKindAreNotLookedAtInVain() {
        for (int i = 0; i < 10_000; i++) {
            index.put(silence(
                    "s" + i, List.of(List.of(Matcher.equal("cluster", "eu"), Matcher.equal("instance", "host" + i)))));
        }
        LabelSet alert = LabelSet.of("alertname", "Down", "cluster", "eu", "instance", "host77");
        assertThat(index.candidates(alert, silence -> {})).isLessThan(5);
        assertThat(matching(alert)).containsExactly("s77");
    }
}
