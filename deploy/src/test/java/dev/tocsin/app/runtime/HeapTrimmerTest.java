package dev.tocsin.app.runtime;

import static dev.tocsin.app.runtime.HeapTrimmer.SLACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.runtime.VirtualTime;
import org.junit.jupiter.api.Test;

class HeapTrimmerTest {
    private static final long LIVE = 10L << 20;

    private final Heap heap = new Heap();
    private final HeapTrimmer trimmer = new HeapTrimmer(new VirtualTime(), heap);

    private static final class Heap implements HeapTrimmer.Old {
        private long used;
        private long live;
        private int collections;

        @Override
        public long used() {
            return used;
        }

        @Override
        public long live() {
            return live;
        }

        @Override
        public void collect() {
            collections++;
            live = LIVE;
            used = LIVE;
        }
    }

    private int collectionsAfter(long used) {
        heap.used = used;
        trimmer.look();
        return heap.collections;
    }

    @Test
    void aHeapThatIsSmallIsLeftAlone() {
        assertThat(collectionsAfter(SLACK - 1)).isZero();
        assertThat(collectionsAfter(SLACK - 1)).isZero();
    }

    @Test
    void garbageIsCollectedOnceTheOldPartHasStoppedGrowing() {
        assertThat(collectionsAfter(SLACK)).as("it has just grown").isZero();
        assertThat(collectionsAfter(SLACK + 1000)).isOne();
    }

    @Test
    void garbageIsCollectedAtTwiceTheSizeHoweverFastItGrows() {
        assertThat(collectionsAfter(2 * SLACK - 1)).isZero();
        assertThat(collectionsAfter(2 * SLACK + (2 << 20))).isOne();
    }

    @Test
    void whatWasLiveAtTheLastCollectionCountsTwice() {
        heap.live = SLACK;
        assertThat(collectionsAfter(3 * SLACK - 1)).isZero();
        assertThat(collectionsAfter(3 * SLACK - 1)).isZero();
        assertThat(collectionsAfter(3 * SLACK)).isOne();
    }

    @Test
    void afterACollectionItTakesAsMuchAgain() {
        collectionsAfter(SLACK);
        assertThat(collectionsAfter(SLACK)).isOne();
        assertThat(collectionsAfter(2 * LIVE + SLACK - 1)).isOne();
        assertThat(collectionsAfter(2 * LIVE + SLACK - 1)).isOne();
        assertThat(collectionsAfter(2 * LIVE + SLACK)).isEqualTo(2);
    }

    @Test
    void whatALoadedSerialHeapHasIsSeen() {
        assertThat(HeapTrimmer.tenured().isPresent())
                .isEqualTo(java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .anyMatch(bean -> bean.getName().equals("MarkSweepCompact")));
    }
}
