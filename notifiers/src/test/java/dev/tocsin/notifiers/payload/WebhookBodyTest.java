package dev.tocsin.notifiers.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebhookBodyTest {
    @Test
    void quotesTheReceiverAsARegularExpression() {
        assertThat(WebhookBody.quoteRegex("a.b*c(d)[e]{f}^$|\\+?-_/ "))
                .isEqualTo("a\\.b\\*c\\(d\\)\\[e\\]\\{f\\}\\^\\$\\|\\\\\\+\\?-_/ ");
    }
}
