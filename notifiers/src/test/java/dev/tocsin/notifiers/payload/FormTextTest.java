package dev.tocsin.notifiers.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTextTest {
    @Test
    void sortsAndEncodesAsGoDoes() {
        FormText form = new FormText()
                .add("url", "http://x/?a=b&c")
                .add("b c", "é~*-_.!'()")
                .add("a", "x y\n");

        assertThat(form).hasToString("a=x+y%0A&b+c=%C3%A9~%2A-_.%21%27%28%29&url=http%3A%2F%2Fx%2F%3Fa%3Db%26c");
    }

    @Test
    void theLastValueOfANameCounts() {
        assertThat(new FormText().add("a", "1").add("a", "2")).hasToString("a=2");
    }
}
