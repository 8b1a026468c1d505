package dev.tocsin.core.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSetTest {
    @ParameterizedTest
    @CsvSource({
        "alertname,B,,,d2c2efc389db2050",
        "alertname,A,,,d2c6efc389df0927",
        "team,x,alertname,A,a0de7763374450e2",
        "alert name,E5,,,69d6d2969364ef38",
        "alertname,OFF,,,75240b5f93d3df41",
        "alertname,Z,team,x,33c7237ad98ef97b",
        "node,bar,alertname,foo,980a6a0e0facf311"
    })
    void fingerprintsAreTheOnesThatClientsKnow(String n1, String v1, String n2, String v2, String expected) {
        LabelSet labels = n2 == null ? LabelSet.of(n1, v1) : LabelSet.of(n1, v1, n2, v2);
        assertThat(labels.fingerprintText()).isEqualTo(expected);
    }

    @Test
    void theEmptySetHasTheOffsetBasisAsFingerprint() {
        assertThat(LabelSet.EMPTY.fingerprintText()).isEqualTo("cbf29ce484222325");
    }

    @Test
    void namesSortByUtf8BytesNotByUtf16Units() {
        LabelSet labels = LabelSet.of("\uD83D\uDE42", "astral", "\uFF5E", "bmp");
        assertThat(labels.name(0)).isEqualTo("\uFF5E");
    }

    @Test
    void theLastOfEqualNamesWins() {
        assertThat(LabelSet.of("b", "1", "a", "2", "b", "3").toMap()).isEqualTo(Map.of("a", "2", "b", "3"));
    }

    @Test
    void textQuotesValuesAsGroupKeysDo() {
        assertThat(LabelSet.of("q", "a\"b\\c\nd", "we ird", "x", "é", "ü").toString())
                .isEqualTo("{q=\"a\\\"b\\\\c\\nd\", we ird=\"x\", é=\"ü\"}");
    }

    @Test
    void emptyValuesCanBeDropped() {
        assertThat(LabelSet.of("a", "", "b", "x").withoutEmptyValues()).isEqualTo(LabelSet.of("b", "x"));
    }

    @Test
    void fewerLabelsComeFirst() {
        assertThat(LabelSet.of("z", "9")).isLessThan(LabelSet.of("a", "1", "b", "1"));
    }

    @Test
    void amongEquallyManyLabelsTheFirstDifferingValueDecides() {
        assertThat(LabelSet.of("a", "1", "b", "9")).isLessThan(LabelSet.of("a", "2", "b", "1"));
        assertThat(LabelSet.of("a", "1", "b", "9")).isGreaterThan(LabelSet.of("a", "1", "b", "1"));
    }

    @Test
    void aSetThatLacksTheFirstDifferingLabelComesFirst() {
        assertThat(LabelSet.of("b", "1")).isLessThan(LabelSet.of("a", "1"));
        assertThat(LabelSet.of("a", "1", "c", "1")).isLessThan(LabelSet.of("a", "1", "b", "1"));
    }
}
