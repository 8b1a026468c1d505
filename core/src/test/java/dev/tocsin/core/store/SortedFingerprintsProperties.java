package dev.tocsin.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SortedFingerprintsProperties {
    private final Set<Long> stored = ConcurrentHashMap.newKeySet();
    private final SortedFingerprints sorted = new SortedFingerprints(stored);

    @BeforeTry
    void forgetAll() {
        stored.clear();
        sorted.changed();
    }

    private void add(long fingerprint) {
        if (stored.add(fingerprint)) {
            sorted.changed();
        }
    }

    private void remove(long fingerprint) {
        if (stored.remove(fingerprint)) {
            sorted.changed();
        }
    }

    private List<Long> walk(@Nullable Long after, int limit) {
        List<Long> found = new ArrayList<>();
        sorted.walk(after, fingerprint -> {
            found.add(fingerprint);
            return found.size() < limit;
        });
        return found;
    }

    @Property(tries = 200)
    void pagesGiveWhatStaysOnceAndInOrderWhateverComesAndGoesBetweenThem(@ForAll long seed) {
        Random random = new Random(seed);
        List<Long> stay = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            stay.add(random.nextInt(4) == 0 ? random.nextInt(40) - 20L : random.nextLong());
        }
        stay.forEach(this::add);
        Set<Long> guests = new TreeSet<>();
        List<Long> found = new ArrayList<>();
        Long after = null;
        while (true) {
            int limit = 1 + random.nextInt(4);
            List<Long> page = walk(after, limit);
            found.addAll(page);
            if (page.size() < limit) {
                break;
            }
            after = page.getLast();
            long guest = random.nextLong();
            if (!stay.contains(guest)) {
                guests.add(guest);
                add(guest);
            }
            guests.stream()
                    .skip(random.nextInt(3))
                    .findFirst()
                    .filter(one -> random.nextBoolean())
                    .ifPresent(this::remove);
        }
        assertThat(found).isSortedAccordingTo(Long::compareUnsigned).doesNotHaveDuplicates();
        assertThat(found).containsAll(stay);
        found.removeAll(stay);
        assertThat(guests).containsAll(found);
    }

    @Test
    void theOrderIsThatOfUnsignedNumbersAndBeginsBehindTheBound() {
        for (long fingerprint : new long[] {-1, 0, Long.MIN_VALUE, 1, Long.MAX_VALUE}) {
            add(fingerprint);
        }
        assertThat(walk(null, 9)).containsExactly(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
        assertThat(walk(1L, 9)).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE, -1L);
        assertThat(walk(2L, 1)).containsExactly(Long.MAX_VALUE);
        assertThat(walk(-1L, 9)).isEmpty();
    }

    @Test
    void whatWasAddedOrRemovedIsKnownToTheNextQuestion() {
        assertThat(walk(null, 9)).isEmpty();
        add(2);
        add(1);
        assertThat(walk(null, 9)).containsExactly(1L, 2L);
        remove(1);
        assertThat(walk(null, 9)).containsExactly(2L);
    }
}
