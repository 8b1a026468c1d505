package dev.tocsin.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.ingest.AlertSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However the reports of redundant senders interleave, one episode begins once and ends once. */
class RedundantSendersProperties {
    /** One post: when, by whom, and whether it still says that the alert fires. */
    private record Post(int second, AlertSource source, Instant start, Instant end) {}

    private final Instant zero = Instant.parse("2026-01-02T03:04:05Z");

    /**
     * Senders see the same episode up to {@code skew} seconds apart and re-send each minute, and their resolve for
     * fifteen minutes; some posts are lost, but no two in a row of one sender.
     */
    @Property(tries = 300)
    void oneEpisodeHasOneBeginningAndOneEnd(
            @ForAll @IntRange(min = 2, max = 4) int senders,
            @ForAll @IntRange(min = 0, max = 59) int skew,
            @ForAll @IntRange(min = 61, max = 900) int length,
            @ForAll Random random) {
        StoreRig rig = new StoreRig(new AlertStoreOptions(Duration.ofHours(9), 0, false, true));
        List<Post> posts = new ArrayList<>();
        int latestEnd = 0;
        for (int sender = 0; sender < senders; sender++) {
            int begin = random.nextInt(skew + 1);
            int end = length + random.nextInt(skew + 1);
            latestEnd = Math.max(latestEnd, end);
            addPosts(posts, new AlertSource("10.0.0." + sender, "Prometheus/3"), begin, end, random);
        }
        posts.sort(Comparator.comparingInt(Post::second));
        int at = 0;
        int changes = 0;
        boolean firing = false;
        for (int second = 0; second < length + skew + 960; second++) {
            while (at < posts.size() && posts.get(at).second == second) {
                Post post = posts.get(at++);
                rig.put(post.source, Alerts.resolved("X", post.start, post.end, rig.now()));
            }
            boolean fires = at > 0 && rig.fires("X");
            changes += fires == firing ? 0 : 1;
            firing = fires;
            rig.time.advance(Duration.ofSeconds(1));
        }
        assertThat(changes).isEqualTo(2);
        assertThat(rig.stored("X").endsAt()).isEqualTo(zero.plusSeconds(latestEnd));
    }

    private void addPosts(List<Post> posts, AlertSource source, int begin, int end, Random random) {
        Instant start = zero.plusSeconds(begin);
        boolean lost = true;
        for (int second = begin; second < end; second += 60) {
            lost = !lost && random.nextInt(4) == 0;
            if (!lost) {
                posts.add(new Post(second, source, start, zero.plusSeconds(second + 240)));
            }
        }
        for (int second = end; second < end + 900; second += 60) {
            posts.add(new Post(second, source, start, zero.plusSeconds(end)));
        }
    }
}
