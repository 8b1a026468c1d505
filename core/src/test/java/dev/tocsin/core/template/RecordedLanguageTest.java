package dev.tocsin.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.runtime.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that was recorded of the template language. */
class RecordedLanguageTest {
    /** These print all data, which has had route labels since they were recorded. */
    private static final Set<String> ALL_DATA = Set.of("range-over-struct", "wrong-dot-data-to-alert-list");

    /** When the cases were recorded, roughly: after the alerts that they are about. */
    private static final Instant LATER = Instant.parse("2026-09-01T00:00:00Z");

    static List<LanguageCase> cases() {
        return LanguageCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAsRecorded(LanguageCase recorded, @TempDir Path folder) throws Exception {
        for (Map.Entry<String, String> file : recorded.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        String wanted = recorded.error();
        if (wanted == null) {
            assertThat(render(recorded, folder)).isEqualTo(recorded.expected());
        } else {
            assertThatThrownBy(() -> render(recorded, folder))
                    .isInstanceOf(TemplateException.class)
                    .hasMessage(ALL_DATA.contains(recorded.name()) ? withRouteLabels(wanted) : wanted);
        }
    }

    /** Our built-in templates have lines of their own. */
    private static String withRouteLabels(String error) {
        return error.replaceAll(" (http://am.example:9093\\S*}$)", "  $1")
                .replace("default.tmpl:7:41", "default.tmpl:13:10");
    }

    private static String render(LanguageCase recorded, Path folder) throws Exception {
        TemplateSet set = TestTemplates.loader(new VirtualTime(LATER)).load(List.of(folder + "/*.tmpl"));
        TemplateData data = SampleData.read(recorded.data());
        return recorded.type().equals("html")
                ? set.html(recorded.template(), data)
                : set.text(recorded.template(), data);
    }
}
