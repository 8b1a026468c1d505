package dev.tocsin.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.runtime.VirtualTime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in templates render what was recorded. */
class DefaultTemplatesTest {
    private static final List<String> ON_ALERTS =
            List.of("__text_alert_list", "__text_alert_list_markdown", "pagerduty.default.instances");

    private final TemplateSet set = TestTemplates.builtIn(new VirtualTime());

    static List<String> recorded() {
        return LanguageCase.resource("goldens/default/names.txt").lines().toList();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void isAsRecorded(String file) throws Exception {
        boolean html = file.contains(".html-mode.");
        String input = file.substring(file.lastIndexOf('.', file.length() - 5) + 1, file.length() - 4);
        String name = file.substring(0, file.length() - input.length() - 5).replace(".html-mode", "");
        TemplateData data = SampleData.read(LanguageCase.resource("goldens/default/input." + input + ".json"));
        String call = "{{ template \"" + name + "\" " + (ON_ALERTS.contains(name) ? ".Alerts" : ".") + " }}";

        String rendered = html ? set.html(call, data) : set.text(call, data);

        assertThat(rendered).isEqualTo(LanguageCase.resource("goldens/default/" + file));
    }
}
