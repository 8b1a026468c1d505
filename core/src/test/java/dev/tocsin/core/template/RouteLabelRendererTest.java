package dev.tocsin.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteLabelRendererTest {
    private final VirtualTime time = new VirtualTime();
    private final TemplateData data = new TemplateData(
            "team",
            List.of(),
            time.now(),
            "unknown",
            LabelSet.of("alertname", "Down", "job", "api"),
            LabelSet.EMPTY,
            "http://hub.example");

    private Map<String, String> render(Map<String, String> labels) {
        return RouteLabelRenderer.render(TestTemplates.builtIn(time), labels, data);
    }

    @Test
    void rendersTheGroupsData() {
        assertThat(render(Map.of("plain", "text", "job", "{{ .GroupLabels.job }}/{{ .NotificationReason }}")))
                .isEqualTo(Map.of("plain", "text", "job", "api/unknown"));
    }

    @Test
    void labelsReferToEachOther() {
        assertThat(render(Map.of(
                        "a", "{{ routeLabels \"b\" }}!",
                        "b", "<{{ routeLabels \"c\" }}>",
                        "c", "{{ .GroupLabels.alertname }}",
                        "d", "[{{ routeLabels \"unknown\" }}]")))
                .isEqualTo(Map.of("a", "<Down>!", "b", "<Down>", "c", "Down", "d", "[]"));
    }

    @Test
    void leavesOutWhatFailsAndWhatRefersToItself() {
        assertThat(render(Map.of(
                        "a", "{{ routeLabels \"b\" }}",
                        "b", "{{ routeLabels \"a\" }}",
                        "self", "{{ routeLabels \"self\" }}",
                        "broken", "{{ .Nope }}",
                        "endless", "{{ range 1000000000 }}{{ end }}",
                        "good", "x")))
                .isEqualTo(Map.of("good", "x"));
    }
}
