package dev.tocsin.core.config.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ConfigResult.Loaded;
import dev.tocsin.core.config.ConfigResult.Refused;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.config.PlainWebhookKind;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the text is, the loader says that it is good or what is wrong with it, in bounded time. */
class ConfigLoaderFuzzTest {
    private static final Path FILE = Path.of("/etc/alertmanager/alertmanager.yml");
    private static final List<String> CORPUS = List.of(
            "accepted/small.yml",
            "accepted/teams.yml",
            "accepted/kube.yml",
            "accepted/legacy.yml",
            "accepted/anchors.yml",
            "printed/everything.yml",
            "printed/webhooks.yml",
            "printed/intervals.yml");
    private static final String[] PIECES = {
        "\n",
        " ",
        "  ",
        ":",
        "-",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "<<: ",
        "~",
        "null",
        "'",
        "\"",
        "|",
        ">",
        "#",
        "%",
        "@",
        "!",
        "!!int ",
        "!!binary ",
        "? ",
        "---\n",
        "...\n",
        "\t",
        "\u0000",
        "\ufeff",
        "\ud83d\ude00",
        "\ud800",
        "0",
        "-1",
        "1e9999",
        "99999999999y",
        "(",
        "((((",
        "[a-",
        "a=b",
        "=~",
        "{{",
        "...",
        "route:",
        "routes:",
        "receivers:",
        "true",
        ","
    };

    private final List<IntegrationKind> kinds = List.of(new PlainWebhookKind());
    private final ConfigLoader loader =
            new ConfigLoader(kinds, new MatcherParser(MatcherMode.FALLBACK, warning -> {}), ZoneOffset.UTC);

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void mutatedFilesAreLoadedOrRefused() throws IOException {
        Random random = new Random(7);
        for (String name : CORPUS) {
            String text = resource(name);
            for (int i = 0; i < 60; i++) {
                check(mutated(text, random));
            }
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(3); edits > 0 && !out.isEmpty(); edits--) {
            int at = random.nextInt(out.length());
            int end = Math.min(out.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> out.delete(at, end);
                case 1 -> out.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> out.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                default -> out.insert(at, out.substring(at, Math.min(out.length(), at + random.nextInt(200))));
            }
        }
        return out.toString();
    }

    /** A good one prints as something that is good or, for quirks that are kept, refused; never anything else. */
    private void check(String text) {
        switch (loader.parse(text, FILE)) {
            case Loaded loaded ->
                assertThat(loader.parse(new ConfigPrinter(kinds).print(loaded.config()), FILE))
                        .isNotNull();
            case Refused refused -> assertThat(refused.message()).as(text).isNotBlank();
        }
    }

    @Test
    void deepNestingIsRefused() {
        for (String piece : List.of("[", "{a: ", "- ", "? ")) {
            assertThat(loader.parse("route: " + piece.repeat(100_000), FILE)).isInstanceOf(Refused.class);
            assertThat(loader.parse(piece.repeat(5_000), FILE)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aTreeOfRoutesMayBeAHundredLevelsDeep() {
        String routes = "{routes: [".repeat(100) + "]}".repeat(100);
        String text = "route: {receiver: a, routes: [" + routes + "]}\nreceivers: [{name: a}]\n";
        assertThat(loader.parse(text, FILE)).isInstanceOf(Loaded.class);
    }

    @Test
    void aBillionLaughsAreRefusedAtOnce() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a" + (i - 1) + ", *a" + (i - 1) + ", *a" + (i - 1)));
        }
        assertThat(((Refused) loader.parse(text.toString(), FILE)).message())
                .isEqualTo("yaml: document contains excessive aliasing");
    }

    @Test
    void mergedBillionLaughsAreRefusedToo() {
        StringBuilder text = new StringBuilder("m0: &m0 {receiver: a}\n");
        for (int i = 1; i < 40; i++) {
            text.append("m%d: &m%d {<<: [%s]}\n".formatted(i, i, "*m" + (i - 1) + ", *m" + (i - 1)));
        }
        text.append("route:\n  <<: *m39\nreceivers: [{name: a}]\n");
        assertThat(loader.parse(text.toString(), FILE)).isInstanceOf(Refused.class);
    }

    @Test
    void aMillionProblemsAreReportedInBounds() {
        Refused refused = (Refused) loader.parse("x: y\n".repeat(200_000), FILE);
        assertThat(refused.describe().length()).isLessThan(1_000_000);
    }

    @Test
    void tenThousandReceiversLoadInReasonableTime() {
        StringBuilder text = new StringBuilder("route:\n  receiver: r0\n  routes:\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("  - {matchers: ['team=\"t")
                    .append(i)
                    .append("\"'], receiver: r")
                    .append(i)
                    .append("}\n");
        }
        text.append("receivers:\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("- {name: r")
                    .append(i)
                    .append(", webhook_configs: [{url: 'http://x/")
                    .append(i)
                    .append("'}]}\n");
        }
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(loader.parse(text.toString(), FILE)).isInstanceOf(Loaded.class));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConfigLoaderFuzzTest.class.getResourceAsStream("/config/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
