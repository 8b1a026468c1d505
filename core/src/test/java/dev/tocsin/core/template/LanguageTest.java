package dev.tocsin.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.runtime.VirtualTime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the language does beyond what was recorded. */
class LanguageTest {
    private final TemplateSet set = TestTemplates.builtIn(new VirtualTime());

    static List<String> cases() {
        return LanguageCase.resource("cases.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersOrFails(String line) throws Exception {
        int arrow = line.indexOf(" ==> ");
        String template = line.substring(0, arrow);
        String wanted = line.substring(arrow + 5).replace('⏎', '\n');
        if (wanted.startsWith("!")) {
            assertThatThrownBy(() -> set.text(template, SampleData.firing()))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageStartingWith("template: :1:")
                    .hasMessageEndingWith(": " + wanted.substring(1));
        } else {
            assertThat(set.text(template, SampleData.firing())).isEqualTo(wanted);
        }
    }
}
