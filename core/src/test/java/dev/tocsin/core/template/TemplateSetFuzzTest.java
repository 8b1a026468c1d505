package dev.tocsin.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.template.exec.Functions;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written as a template, it ends soon and with nothing but a {@link TemplateException}. */
class TemplateSetFuzzTest {
    private static final ExecutionLimits SMALL = new ExecutionLimits(10_000, 50, 20_000);
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "{{-",
            "-}}",
            " ",
            "\n",
            "(",
            ")",
            "|",
            ".",
            "$",
            "$x",
            ":=",
            "=",
            ",",
            "\"",
            "`",
            "'",
            "\\",
            "if",
            "else",
            "end",
            "range",
            "with",
            "define",
            "template",
            "block",
            "break",
            "continue",
            "nil",
            "true",
            "1",
            "-1",
            "1e3",
            "0x",
            "1i",
            "\"a\"",
            "\"%d %v %[3]*.[2]*[1]f\"",
            "'a'",
            ".Alerts",
            ".Status",
            ".CommonLabels.SortedPairs",
            ".StartsAt",
            "index",
            "slice",
            "len",
            "printf",
            "print",
            "eq",
            "lt",
            "and",
            "or",
            "not",
            "html",
            "js",
            "urlquery",
            "call",
            "toUpper",
            "title",
            "join",
            "match",
            "reReplaceAll",
            "toJson",
            "dict",
            "list",
            "append",
            "date",
            "tz",
            "now",
            "since",
            "humanizeDuration",
            "safeHtml",
            "base64decode",
            "toDate",
            "/*",
            "*/",
            "<a href=\"",
            "<script>",
            "</script>",
            "<p ",
            ">",
            "<!--",
            "-->",
            "<style>",
            "{{ . }}",
            "{{ end }}",
            "{{ range .Alerts }}",
            "{{ if .Status }}",
            "{{ else }}",
            "{{ template \"__subject\" . }}",
            "{{ define \"x\" }}",
            "{{ template \"x\" . }}",
            "\ud83d\ude00",
            "\u00e9",
            "\udc80",
            "\0");

    private final TemplateSet set = load(SMALL);
    private final TemplateData data = data();

    private static TemplateSet load(ExecutionLimits limits) {
        try {
            return new TemplateLoader(new VirtualTime(), ZoneOffset.UTC, limits).load(List.of());
        } catch (TemplateException e) {
            throw new AssertionError(e);
        }
    }

    private static TemplateData data() {
        try {
            return SampleData.read(LanguageCase.resource("goldens/default/input.three.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void runsOrRefuses(String template) {
        try {
            assertThat(set.text(template, data)).isNotNull();
        } catch (TemplateException expected) {
            assertThat(expected).hasMessageStartingWith("template: ");
        }
        try {
            assertThat(set.html(template, data)).isNotNull();
        } catch (TemplateException expected) {
            assertThat(expected.getMessage()).matches("(?s)(html/)?template:.*");
        }
    }

    @Test
    void piecesInAnyOrder() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder template = new StringBuilder();
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                template.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            runsOrRefuses(template.toString());
        }
    }

    @Test
    void callsOfAnyFunctionWithAnyArguments() {
        Random random = new Random(43);
        List<String> functions =
                Functions.alertmanager().names().stream().sorted().toList();
        List<String> arguments = List.of(
                ".",
                ".Alerts",
                ".Alerts.Firing",
                "(index .Alerts 0)",
                "(index .Alerts 0).StartsAt",
                "\"a\"",
                "\"\"",
                "\"(\"",
                "1",
                "-1",
                "9223372036854775807",
                "1.5",
                "1e300",
                "nil",
                "true",
                "'x'",
                ".CommonLabels",
                "(list 1 nil)",
                "(dict \"a\" nil)",
                "(stringSlice \"a\")",
                "(now.Sub now)",
                ".CommonLabels.SortedPairs",
                "\"\\xff\"",
                "(index .Alerts 0).StartsAt.Month",
                "\"%[9]*v%\"",
                "1i",
                "(safeHtml \"<\")");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder template = new StringBuilder("{{ ").append(functions.get(random.nextInt(functions.size())));
            for (int argument = random.nextInt(4); argument > 0; argument--) {
                template.append(' ').append(arguments.get(random.nextInt(arguments.size())));
            }
            runsOrRefuses(template.append(" }}").toString());
        }
    }

    @Test
    void recordedTemplatesWithAPieceChanged() {
        Random random = new Random(44);
        List<LanguageCase> cases = LanguageCase.all();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder template =
                    new StringBuilder(cases.get(random.nextInt(cases.size())).template());
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(template.length() + 1);
                int end = Math.min(template.length(), at + random.nextInt(4));
                template.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
            runsOrRefuses(template.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ range 1000000000000 }}{{ end }}",
                "{{ range 1000000000 }}{{ range 1000000000 }}x{{ end }}{{ end }}",
                "{{ define \"r\" }}{{ template \"r\" . }}{{ end }}{{ template \"r\" . }}",
                "{{ define \"a\" }}{{ template \"b\" . }}{{ end }}{{ define \"b\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}",
                "{{ $x := \"ab\" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}",
                "{{ $x := list 1 }}{{ range 100 }}{{ $x = list $x $x }}{{ end }}{{ $x }}",
                "{{ $x := list 1 }}{{ range 100 }}{{ $x = list $x $x }}{{ end }}{{ toJson $x }}",
                "{{ $x := list 1 }}{{ range 1000000 }}{{ $x = append $x $x }}{{ end }}",
                "{{ printf \"%999999d\" 1 }}",
                "{{ printf \"%.999999f\" 1.5 }}",
                "{{ printf \"%*d\" 999999 1 }}",
                "{{ range 10000 }}{{ reReplaceAll \".*\" \"$0$0$0$0$0$0$0$0\" \"0123456789012345678901234567890123456789\" }}{{ end }}",
                "{{ $x := list 1 }}{{ range 3000 }}{{ $x = list $x }}{{ end }}{{ $x }}",
                "{{ $l := list }}{{ range 1000 }}{{ $l = append $l (printf \"%1000d\" 1) }}{{ end }}",
                "{{ range 100000 }}{{ title \"0123456789\" }}{{ end }}",
                "{{ $x := \"<\" }}{{ range 100 }}{{ $x = html $x $x }}{{ end }}",
                "{{ $x := stringSlice \"a\" \"b\" }}{{ range 60 }}{{ $x = stringSlice (join \"-\" $x) (join \"-\" $x) }}{{ end }}",
                "{{ range 100 }}{{ match \"(?i)[b-\\\\x{ffff}]\" \"a\" }}{{ end }}",
                "{{ range 100 }}{{ match \"(a?){300}\" \"0123456789\" }}{{ end }}",
            })
    void nothingHangsOrExhaustsANode(String template) {
        assertThatThrownBy(() -> set.text(template, data))
                .isInstanceOf(TemplateException.class)
                .hasMessageMatching(
                        "(?s)template: .*(more than \\d+ (steps|characters or elements( in all)?)|exceeded maximum template depth.*)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ $x := \"<<<<\" }}{{ range 12 }}{{ $x = print $x $x }}{{ end }}{{ $x }}",
                "<script>x = {{ $x := \"<<\" }}{{ range 12 }}{{ $x = print $x $x }}{{ end }}{{ $x }}</script>",
                "<script>x = {{ $x := list \"<\" }}{{ range 12 }}{{ $x = list $x $x }}{{ end }}{{ $x }}</script>",
                "{{ range 9000 }}{{ \"<\" }}{{ end }}",
            })
    void whatGrowsWhenItIsEscapedIsBounded(String template) {
        assertThatThrownBy(() -> set.html(template, data))
                .isInstanceOf(TemplateException.class)
                .hasMessageMatching("(?s)template: .*more than \\d+ (steps|characters or elements( in all)?)");
    }

    @Test
    @Timeout(60)
    void loopsWithinLoopsAreLookedAtOnce() throws TemplateException {
        String loops = "{{ range 1 }}".repeat(100) + "{{ break }}" + "{{ end }}".repeat(100);
        assertThat(set.html("<p>" + loops + "</p>", data)).isEqualTo("<p></p>");
        assertThat(set.html("<a href=\"" + loops + "\">", data)).isEqualTo("<a href=\"\">");
    }

    @Test
    void templatesOfAMillionPartsAreNotMadeSafe() {
        assertThatThrownBy(() -> set.html("{{ 1 }}".repeat(1_000_001), data))
                .hasMessage("html/template::1:7000003: more than 1000000 nodes in all places that they stand in");
    }

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "<a ",
                "<script>x='y';",
                "<script>x=`y`;",
                "<script>/x/;//\n",
                "<style>a(",
                "<style>url(x)",
                "<style>\"x\"",
                "<textarea><b",
                "<!---->",
                "<p title=\"&lt;\"",
                "<a onclick=\"x='y';"
            })
    void longTextsOfAnyKindTakeLinearTime(String part) {
        String element = part.substring(0, part.indexOf('>') + 1);
        runsOrRefuses(part.repeat(2_000_000 / part.length()));
        runsOrRefuses(element + part.substring(element.length()).repeat(2_000_000 / part.length()));
    }

    @Test
    void anExpressionBehindATemplateLiteralIsNoneWithinIt() throws TemplateException {
        assertThat(set.html("<script>x = `y`; z = '${}'</script>", data))
                .isEqualTo("<script>x = `y`; z = '${}'</script>");
        assertThatThrownBy(() -> set.html("<script>x = `${y}`</script>", data))
                .hasMessageContaining("expressions in JS template literals are not understood");
    }

    @Test
    void deepNestingIsRefused() {
        String parentheses = "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}";
        String blocks = "{{ if 1 }}".repeat(100_000) + "{{ end }}".repeat(100_000);
        String chained = "{{ if 0 }}" + "{{ else if 0 }}".repeat(100_000) + "{{ end }}";
        for (String template : List.of(parentheses, blocks, chained)) {
            assertThatThrownBy(() -> set.text(template, data))
                    .hasMessage("template: :1: max expression depth exceeded");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "_1", "0", "0x1", "1.", "e1", "1i"})
    void numbersOfAnyLengthAreRefused(String piece) {
        String number = "1" + piece.repeat(100_000);
        assertThatThrownBy(() -> set.text("{{ " + number + " }}", data))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("template: :1: ");
    }

    @Test
    void whatIsNestedAsDeepAsAllowedRuns() throws Exception {
        TemplateSet usual = load(ExecutionLimits.NOTIFICATION);
        String blocks = "{{ if 1 }}".repeat(190) + "x" + "{{ end }}".repeat(190);
        assertThat(usual.text(blocks, data)).isEqualTo("x");
        assertThat(usual.text("{{ " + "(".repeat(190) + "1" + ")".repeat(190) + " }}", data))
                .isEqualTo("1");
        String recursion =
                "{{ define \"r\" }}{{ if . }}{{ if 1 }}{{ with slice . 1 }}{{ template \"r\" . }}{{ end }}{{ end }}"
                        + "{{ end }}{{ end }}{{ template \"r\" \"" + "x".repeat(190) + "\" }}";
        assertThat(usual.text(recursion, data)).isEmpty();
        assertThat(usual.html(recursion, data)).isEmpty();
    }
}
