package dev.tocsin.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlEscaperTest {
    private final TemplateSet set = TestTemplates.builtIn(new VirtualTime());

    private String render(String template) throws TemplateException, IOException {
        return set.html(template, SampleData.read("{\"status\":\"a<b>\\\"'`=c\",\"receiver\":\"x y\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<p>{{.Status}}</p> | <p>a&lt;b&gt;&#34;&#39;`=c</p>",
                "<textarea>{{.Status}}</textarea> | <textarea>a&lt;b&gt;&#34;&#39;`=c</textarea>",
                "<p title=\"{{.Status}}\"> | <p title=\"a&lt;b&gt;&#34;&#39;`=c\">",
                "<p title={{.Status}}> | <p title=a&lt;b&gt;&#34;&#39;&#96;&#61;c>",
                "<a href='/{{.Receiver}}?q={{.Receiver}}'> | <a href='/x%20y?q=x%20y'>",
                "<a href={{.Receiver}}> | <a href=x%20y>",
                "<a {{if .Status}}href='/x?{{else}}href='/y?{{end}}{{.Receiver}}'> | <a href='/x?x%20y'>",
                "<img srcset=\"{{\"a b 2x, javascript:x 1x\"}}\"> | <img srcset=\"a b 2x,#ZgotmplZ\">",
                "<p {{\"onclick\"}}=\"x\"> | <p ZgotmplZ=\"x\">",
                "<p style=\"background: url('{{\"javascript:x\"}}')\"> | <p style=\"background: url('#ZgotmplZ')\">",
                "<script>f({{.Receiver}}, {{3}}, {{print nil}})</script> | <script>f(\"x y\",  3 , \"\\u003cnil\\u003e\")</script>",
                "<script>f({{dict \"a\" (list 1 \"</script>\")}})</script> | <script>f({\"a\":[1,\"\\u003c/script\\u003e\"]})</script>",
                "<script>/* {{.Status}} */ x</script> | <script>   x</script>",
                "<script type='text/plain'><b>{{.Status}}</b></script> | <script type='text/plain'><b>a&lt;b&gt;&#34;&#39;`=c</b></script>",
                "<!-- {{.Status}} -->x | x",
                "{{range list 1 2}}<i title='{{.}}'>{{end}} | <i title='1'><i title='2'>",
                "{{define \"r\"}}{{if .}}<b>{{index . 0}}{{template \"r\" (slice . 1)}}</b>{{end}}{{end}}{{template \"r\" \"ab\"}} | <b>97<b>98</b></b>",
            })
    void escapesByPlace(String template, String expected) throws Exception {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>var x = /{{.Status}}/;</script>",
                "<script>var x = `${ {{.Status}} }`;</script>",
                "<script>var x = \"{{.Status}}",
                "<script>var x = \"a</script>{{.Status}}",
                "<script>var x = \"</script>\"; {{.Status}}</script>",
                "<a href='{{.Status}}",
                "{{if .Status}}<a href='{{end}}",
                "{{range list 1 2}}<a {{end}}",
                "<p title=a\"b>{{.Status}}</p>",
                "<p =x {{.Status}}>",
                "{{.Status | html | print}}",
                "<p title={{.Status | html}}>",
                "<a href='/{{if .Status}}?{{end}}{{.Status}}'>",
                "{{template \"unknown\"}}",
                "{{define \"r\"}}<b {{template \"r\"}}{{end}}{{template \"r\"}}",
            })
    void failsWhereItDoesNotUnderstand(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("html/template:");
    }

    @Test
    void trustedTextStays() throws Exception {
        assertThat(render("{{safeHtml \"<b>&amp;</b>\"}} <p title='{{safeHtml \"<b>&amp;'</b>\"}}'>"
                        + "<a href='{{safeUrl \"tel:+1\"}}'>"))
                .isEqualTo("<b>&amp;</b> <p title='&amp;&#39;'><a href='tel:&#43;1'>");
    }
}
