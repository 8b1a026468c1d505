package dev.tocsin.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLoaderTest {
    private final TemplateLoader loader = TestTemplates.loader(new VirtualTime());

    @TempDir
    private Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String render(String template, String... patterns) throws TemplateException {
        List<String> all = List.of(patterns).stream()
                .map(pattern -> folder + "/" + pattern)
                .toList();
        return loader.load(all).text(template, SampleData.firing());
    }

    @Test
    void laterFilesReplaceEarlierOnesUnlessTheyAreBlank() throws Exception {
        file(
                "a.tmpl",
                "{{ define \"x\" }}a{{ end }}{{ define \"y\" }}a{{ end }}{{ define \"__alertmanager\" }}Me{{ end }}");
        file("b.tmpl", "{{ define \"x\" }}b{{ end }}{{ define \"y\" }} \n {{/* nothing */}}{{ end }}");
        assertThat(render(
                        "{{ template \"x\" }}{{ template \"y\" }}{{ template \"slack.default.username\" . }}",
                        "*.tmpl"))
                .isEqualTo("baMe");
        assertThat(render("{{ template \"x\" }}", "b.tmpl", "a.tmpl")).isEqualTo("a");
        assertThat(render("{{ define \"x\" }}own{{ end }}{{ template \"x\" }}", "*.tmpl"))
                .isEqualTo("own");
        assertThat(render("{{ define \"x\" }} {{ end }}{{ template \"x\" }}", "*.tmpl"))
                .isEqualTo("b");
    }

    @Test
    void filesAreTemplatesByTheirNames() throws Exception {
        file("sub/my.tmpl", "<{{ .Status }}>");
        assertThat(render("{{ template \"my.tmpl\" . }}", "s*/m?.tmpl", "none/*.tmpl", "none.tmpl"))
                .isEqualTo("<firing>");
    }

    @Test
    void aFileThatIsNoTemplateIsRefusedWithItsLine() throws Exception {
        file("bad.tmpl", "{{ define \"x\" }}\n{{ if }}{{ end }}{{ end }}");
        assertThatThrownBy(() -> render("", "*.tmpl")).hasMessage("template: bad.tmpl:2: missing value for if");
        assertThatThrownBy(() -> render("", "[")).hasMessage("syntax error in pattern");
        Files.createDirectory(folder.resolve("folder.x"));
        assertThatThrownBy(() -> render("", "folder.x")).hasMessageStartingWith("read " + folder.resolve("folder.x"));
    }

    @Test
    void manyThreadsRunOneSet() throws Exception {
        TemplateSet set = loader.load(List.of());
        String expected = set.html("{{ template \"email.default.html\" . }}", SampleData.firing());
        Callable<String> render = () -> set.html("{{ template \"email.default.html\" . }}", SampleData.firing());
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<String> result : threads.invokeAll(
                    IntStream.range(0, 50).mapToObj(i -> render).toList())) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void theMailShowsEverythingEscaped() throws Exception {
        TemplateSet set = loader.load(List.of());
        TemplateData data = SampleData.read(LanguageCase.resource("goldens/default/input.three.json"));
        String mail = set.html("{{ template \"email.default.html\" . }}", data);
        assertThat(mail)
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n")
                .contains("firing &middot; 2 of 3")
                .contains("2 firing")
                .contains("1 resolved")
                .contains("it&#39;s web-1 — p99 é😀\nsecond line")
                .contains("Latency &gt; 500ms &amp; rising &lt;b&gt;&#34;fast&#34;&lt;/b&gt;")
                .contains("href=\"http://prom.example:9090/graph?g0.expr=latency&#43;%3E&#43;0.5&amp;g0.tab=1\"")
                .contains("href=\"http://am.example:9093/am/#/alerts?receiver=team%5C.all\"")
                .contains("to team.all")
                .contains("prefers-color-scheme: dark", "max-width: 480px")
                .doesNotContain("<no value>", "ZgotmplZ", "<b>");
        assertThat(set.text("{{ template \"email.default.text\" . }}", data))
                .startsWith("[FIRING:2] HighLatency api \nhttp://am.example:9093/am/#/alerts")
                .contains("Alerts Resolved:");
    }

    @Test
    void theMailSaysOnceWhatAllAlertsShareAndLinksOnlyAddressesOfTheWeb() throws Exception {
        String mail = mail("""
                {"labels": {"alertname": "Down", "team": "ops", "instance": "a"},
                 "annotations": {"summary": "a is down", "runbook": "https://run.example/a?b=1&c=2", "bad": "javascript:alert(1)"}},
                {"labels": {"alertname": "Down", "team": "ops", "instance": "b"}, "annotations": {"summary": "b is down"}}""");
        assertThat(mail)
                .containsOnlyOnce(">Labels of all alerts<")
                .containsOnlyOnce(">ops<")
                .containsOnlyOnce("a is down")
                .contains("href=\"https://run.example/a?b=1&amp;c=2\"")
                .contains(">javascript:alert(1)<")
                .doesNotContain("href=\"javascript", "ZgotmplZ", "<no value>");
    }

    @Test
    void theMailOfOneAlertKeepsItsLabelsTogether() throws Exception {
        assertThat(mail("{\"labels\": {\"alertname\": \"Down\", \"team\": \"ops\"}, \"annotations\": {}}"))
                .containsOnlyOnce(">Labels<")
                .containsOnlyOnce(">ops<")
                .doesNotContain("Labels of all alerts", ">Annotations<");
    }

    @Test
    void aMailOfFortyAlertsStaysBelowTheSizeWhereProgramsCutIt() throws Exception {
        String alerts = IntStream.range(0, 40)
                .mapToObj(i -> "{\"labels\": {\"alertname\": \"NodeDown\", \"team\": \"ops\", \"instance\": \"node-" + i
                        + ":9100\"}, \"annotations\": {\"summary\": \"node-" + i + " is down\"}}")
                .collect(Collectors.joining(","));
        assertThat(mail(alerts).length()).isLessThan(100_000);
    }

    /** The mail of firing alerts, given as JSON without their states; all of them have the label {@code team="ops"}. */
    private String mail(String alerts) throws Exception {
        String data = """
                {"receiver": "mail", "status": "firing", "commonLabels": {"team": "ops"}, "alerts": [%s]}""".formatted(alerts.replace("{\"labels\"", "{\"status\": \"firing\", \"labels\""));
        return loader.load(List.of()).html("{{ template \"email.default.html\" . }}", SampleData.read(data));
    }

    @ParameterizedTest
    @CsvSource({
        "*.tmpl,a.tmpl,true",
        "*.tmpl,a.tmp,false",
        "a*b*c,aXbYc,true",
        "a*b*c,aXbY,false",
        "[a-c].x,b.x,true",
        "[^a-c].x,b.x,false",
        "[a\\]].x,].x,true",
        "\\*.x,*.x,true",
        "\\*.x,a.x,false",
        "?,é,true",
        "*,,true",
    })
    void patternsMatchAsInGo(String pattern, String name, boolean matches) {
        assertThat(FilePattern.matches(pattern, 0, name == null ? "" : name, 0)).isEqualTo(matches);
    }
}
