package dev.tocsin.cluster.atomix.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private static final Duration ROUND = PeerOptions.DEFAULTS.resolveInterval();

    private final VirtualTime time = new VirtualTime();
    private final Map<String, Set<InetSocketAddress>> names = new HashMap<>();
    private final List<Set<InetSocketAddress>> told = new ArrayList<>();
    private int lookups;

    private Seeds seeds(String... peers) {
        Seeds seeds = new Seeds(
                List.of(peers),
                peer -> {
                    lookups++;
                    Set<InetSocketAddress> found = names.get(peer);
                    if (found == null) {
                        throw new IOException("lookup " + peer + ": no such host");
                    }
                    return found;
                },
                PeerOptions.DEFAULTS,
                new LinkMetrics(new Metrics(new MetricRegistry()), false),
                time,
                time,
                time);
        time.execute(() -> seeds.start(told::add));
        time.advance(Duration.ZERO);
        return seeds;
    }

    private static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 9094);
    }

    private static Set<InetSocketAddress> all(String... ips) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        for (String ip : ips) {
            addresses.add(at(ip));
        }
        return addresses;
    }

    private static Dial dial(String ip, String name) {
        Dial dial = new Dial(at(ip), 0);
        dial.name = name.isEmpty() ? null : name;
        return dial;
    }

    @Test
    void aNameIsLookedUpAgainAndAgain() {
        names.put("hub:9094", all("10.0.0.1"));
        seeds("hub:9094");
        names.put("hub:9094", all("10.0.0.1", "10.0.0.2"));
        time.advance(ROUND);
        assertThat(told).containsExactly(all("10.0.0.1"), all("10.0.0.1", "10.0.0.2"));
    }

    @Test
    void theSameAnswerIsNotToldAgain() {
        names.put("hub:9094", all("10.0.0.1"));
        seeds("hub:9094");
        time.advance(ROUND.multipliedBy(10));
        assertThat(lookups).isEqualTo(11);
        assertThat(told).hasSize(1);
    }

    @Test
    void theLastAnswerStaysWhileALookupFails() {
        names.put("hub:9094", all("10.0.0.1"));
        Seeds seeds = seeds("hub:9094");
        names.clear();
        time.advance(ROUND);
        assertThat(told).hasSize(1);
        assertThat(seeds.nameless(List.of(dial("10.0.0.1", "")))).containsExactly("10.0.0.1:9094");
    }

    @Test
    void aNameThatDoesNotResolveCountsAsOnePeer() {
        assertThat(seeds("hub:9094", "hub:9094").nameless(List.of())).containsExactly("hub:9094");
    }

    @Test
    void eachAddressBehindANameIsAPeerUntilItTellsItsName() {
        names.put("hub:9094", all("10.0.0.1", "10.0.0.2", "10.0.0.3"));
        Seeds seeds = seeds("hub:9094");
        Dial self = dial("10.0.0.1", "");
        self.self = true;
        assertThat(seeds.nameless(List.of(self, dial("10.0.0.2", "b"), dial("10.0.0.3", ""))))
                .containsExactly("10.0.0.3:9094");
    }

    @Test
    void aPeerWithTwoKindsOfAddressesIsOnePeer() {
        names.put("hub:9094", all("10.0.0.2", "fd00::2"));
        Seeds seeds = seeds("hub:9094");
        assertThat(seeds.nameless(List.of(dial("10.0.0.2", "b"), dial("fd00::2", ""))))
                .isEmpty();
        assertThat(seeds.nameless(List.of(dial("10.0.0.2", ""), dial("fd00::2", "b"))))
                .isEmpty();
    }

    @Test
    void aPeerThatLeftIsNotCounted() {
        names.put("hub:9094", all("10.0.0.2"));
        Seeds seeds = seeds("hub:9094");
        Dial left = dial("10.0.0.2", "");
        left.left = true;
        assertThat(seeds.nameless(List.of(left))).isEmpty();
    }

    @Test
    void nothingIsLookedUpAfterTheEnd() {
        Seeds seeds = seeds("hub:9094");
        seeds.close();
        time.advance(ROUND.multipliedBy(3));
        assertThat(lookups).isEqualTo(1);
    }
}
