package dev.tocsin.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.BareWebhookKind;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastConfigsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final MemoryStorage storage = new MemoryStorage(time);
    private final Instant start = time.now();
    private PastConfigs configs = open();

    private PastConfigs open() {
        return new PastConfigs(time, time, new VirtualWorkers(time), storage, PastConfigsTest::parse);
    }

    private static ConfigResult parse(String text) {
        return new ConfigLoader(List.of(new BareWebhookKind()), new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC)
                .parse(text, Path.of("a.yml"));
    }

    private static String text(String receiver) {
        return "route: {receiver: " + receiver + "}\nreceivers: [{name: " + receiver + "}]\n";
    }

    private static Config config(String receiver) {
        if (parse(text(receiver)) instanceof ConfigResult.Loaded loaded) {
            return loaded.config();
        }
        throw new AssertionError(receiver);
    }

    /** Loads a configuration and lets a minute pass. */
    private void load(String receiver) {
        configs.loaded(receiver, () -> text(receiver));
        time.advance(MINUTE);
    }

    private @Nullable String receiverAt(int minute) {
        PastTree tree = configs.at(start.plus(MINUTE.multipliedBy(minute)).plusSeconds(30), config("now"));
        return tree == null ? null : tree.routes().root().options().receiver();
    }

    @Test
    void eachTimeHasTheConfigurationThatWasInForceThen() {
        load("a");
        load("b");
        load("a");

        assertThat(configs.oldest()).isEqualTo(start);
        assertThat(receiverAt(-1)).isNull();
        assertThat(receiverAt(0)).isEqualTo("a");
        assertThat(receiverAt(1)).isEqualTo("b");
        assertThat(receiverAt(2)).as("the latest is what is in force now").isEqualTo("now");
    }

    @Test
    void aFileThatIsLoadedAgainChangesNothing() {
        load("a");
        load("a");
        load("b");

        PastTree tree = configs.at(start.plus(MINUTE), config("b"));
        assertThat(tree).isNotNull().satisfies(known -> {
            assertThat(known.since()).isEqualTo(start);
            assertThat(known.until()).isEqualTo(start.plus(MINUTE.multipliedBy(2)));
        });
    }

    @Test
    void theyOutliveTheProcess() {
        load("a");
        load("b");
        configs = open();
        load("b");
        load("c");

        assertThat(receiverAt(0)).isEqualTo("a");
        assertThat(receiverAt(1)).isEqualTo("b");
        assertThat(receiverAt(2)).isEqualTo("b");
    }

    @Test
    void oneThatWasReplacedAtOnceIsKeptALittleLater() {
        configs.loaded("a", () -> text("a"));
        time.advance(Duration.ofSeconds(1));
        configs.loaded("b", () -> text("b"));
        assertThat(configs.at(start, config("b"))).isNull();
        time.advance(MINUTE);
        assertThat(receiverAt(0)).isEqualTo("now");
        assertThat(configs.at(start, config("b"))).isNotNull();
    }

    @Test
    void onlyTheLatestAreKept() {
        for (int i = 0; i < PastConfigs.MAX + 3; i++) {
            load("r" + i);
        }
        assertThat(receiverAt(2)).isNull();
        assertThat(receiverAt(3)).isEqualTo("r3");
        assertThat(configs.oldest()).isEqualTo(start.plus(MINUTE.multipliedBy(3)));
    }

    @Test
    void longOnesPushTheOldestOut() {
        Random random = new Random(1);
        for (int i = 0; i < 4; i++) {
            byte[] noise = new byte[1 << 20];
            random.nextBytes(noise);
            String text = text("r" + i) + "# " + Base64.getEncoder().encodeToString(noise) + "\n";
            configs.loaded("r" + i, () -> text);
            time.advance(MINUTE);
        }
        assertThat(receiverAt(0)).isNull();
        assertThat(receiverAt(2)).isEqualTo("r2");
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() {
        for (byte[] damaged : List.of(
                new byte[0],
                new byte[] {0, 0, 0, 9},
                new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 5},
                "no such file".getBytes(StandardCharsets.UTF_8))) {
            storage.put("configurations", damaged);
            configs = open();
            assertThat(configs.oldest()).isNull();
        }
        load("a");
        load("b");
        assertThat(receiverAt(0)).isEqualTo("a");
    }

    @Test
    void aDiskThatFailsIsNoMatter() {
        storage.failWith("no space left on device");
        load("a");
        load("b");
        assertThat(receiverAt(0)).isEqualTo("a");
    }

    @Test
    void oneThatThisProgramRefusesIsNotKnown() {
        configs.loaded("a", () -> "route: {receiver: nobody}\n");
        time.advance(MINUTE);
        load("b");
        assertThat(receiverAt(0)).isNull();
    }
}
