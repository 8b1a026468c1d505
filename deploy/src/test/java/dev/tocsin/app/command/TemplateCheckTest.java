package dev.tocsin.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.app.runtime.SystemClock;
import dev.tocsin.core.template.ExecutionLimits;
import dev.tocsin.core.template.TemplateLoader;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateCheckTest {
    private static TemplateCheck check(String config) throws Exception {
        TemplateCheck check = new TemplateCheck(
                "am.yml",
                new TemplateLoader(new SystemClock(), ZoneOffset.UTC, ExecutionLimits.NOTIFICATION).load(List.of()));
        check.run(config);
        return check;
    }

    @Test
    void namesTheLineOfWhatCannotRun() throws Exception {
        TemplateCheck check = check("""
                route:
                  receiver: a
                  labels: {bad: '{{ .Labels.x }}'}
                  routes:
                  - labels: {good: '{{ .GroupLabels.alertname }}'}
                receivers:
                - name: a
                  slack_configs:
                  - channel: '{{ .Nope }}'
                    title: '{{ template "slack.default.title" . }}'
                  - text: '{{ if }}'
                  webhook_configs:
                  - url: 'http://x/{{ .Status }}'
                    payload: {'{{ .KeyToo }}': [1, '{{ toJson . }}']}
                    http_config: {authorization: {credentials: 'not {{ a template'}}
                """);

        assertThat(check.errors())
                .containsExactlyInAnyOrder(
                        "am.yml:3:17: template: :1:10: executing \"\" at <.Labels.x>: "
                                + "can't evaluate field Labels in type template.Data",
                        "am.yml:9:14: template: :1:3: executing \"\" at <.Nope>: "
                                + "can't evaluate field Nope in type template.Data",
                        "am.yml:11:11: template: :1: missing value for if",
                        "am.yml:14:15: template: :1:3: executing \"\" at <.KeyToo>: "
                                + "can't evaluate field KeyToo in type template.Data");
        assertThat(check.warnings()).isEmpty();
        assertThat(check.count()).isEqualTo(8);
    }

    @Test
    void warnsOfWhatFailsOnlyWhenNothingFires() throws Exception {
        TemplateCheck check = check("""
                receivers:
                - name: a
                  discord_configs: [{title: '{{ (index .Alerts.Firing 0).Labels.job }}'}]
                """);

        assertThat(check.errors()).isEmpty();
        assertThat(check.warnings())
                .singleElement()
                .asString()
                .startsWith("am.yml:3:29: with resolved alerts only: template: :1:4: ")
                .endsWith("error calling index: reflect: slice index out of range");
    }

    @Test
    void htmlIsCheckedAsHtml() throws Exception {
        TemplateCheck check = check("""
                receivers:
                - name: a
                  email_configs: [{auth_password: 'a{{b', html: '<a href="{{ .ExternalURL }}', text: '<a href="{{ .ExternalURL }}'}]
                  telegram_configs: [{message: '<a href="{{ .ExternalURL }}', parse_mode: HTML}]
                """);

        assertThat(check.errors()).hasSize(2).allMatch(error -> error.contains("ends in a non-text context"));
    }
}
