package dev.tocsin.notifiers.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WechatNotifierTest {
    private static final String TOKEN = "{\"access_token\":\"t1\"}";

    private final IntegrationHarness harness = new IntegrationHarness();
    private final Notification notification = new CapturedAlerts().notification("firing");
    private Notifier wechat;

    @BeforeEach
    void build() throws Exception {
        wechat = harness.build("wechat", "api_url: 'http://SINK/', api_secret: s, corp_id: c");
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private Outcome send() throws InterruptedException {
        return wechat.send(notification, IntegrationHarness.LATER);
    }

    @Test
    void asksForATokenOnce() throws Exception {
        harness.server.then(200, TOKEN).then(200, "{}").then(200, "{\"errcode\":0}");

        assertThat(send()).isInstanceOf(Outcome.Delivered.class);
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);

        assertThat(harness.server.take().line()).startsWith("GET /gettoken?corpid=c&corpsecret=s ");
        assertThat(harness.server.take().line()).startsWith("POST /message/send?access_token=t1 ");
        assertThat(harness.server.take().line()).startsWith("POST /message/send?access_token=t1 ");
    }

    @Test
    void aTokenThatExpiredIsReplacedByTheNextAttempt() throws Exception {
        harness.server
                .then(200, TOKEN)
                .then(200, "{\"errcode\":42001,\"errmsg\":\"access_token expired\"}")
                .then(200, "{\"access_token\":\"t2\"}")
                .then(200, "{}");

        assertThat(send())
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.message()).isEqualTo("access_token expired"));
        assertThat(send()).isInstanceOf(Outcome.Delivered.class);

        harness.server.take();
        harness.server.take();
        assertThat(harness.server.take().line()).startsWith("GET /gettoken?");
        assertThat(harness.server.take().line()).contains("access_token=t2 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"errcode":81013,"errmsg":"user & party"} | user & party | false
            200 | <html> | invalid JSON: Unexpected character | true
            200 | `` | unexpected end of JSON input | true
            500 | {"errcode":0} | unexpected status code 500 | true
            201 | {"errcode":0} | unexpected status code 201 | true
            """)
    void judgesTheAnswer(int status, String body, String message, boolean retried) throws Exception {
        harness.server.then(200, TOKEN).then(status, body);

        switch (send()) {
            case Outcome.Retryable retryable -> {
                assertThat(retried).isTrue();
                assertThat(retryable.message()).startsWith(message);
            }
            case Outcome.Permanent permanent -> {
                assertThat(retried).isFalse();
                assertThat(permanent.message()).isEqualTo(message);
            }
            case Outcome.Delivered delivered -> throw new AssertionError(delivered);
        }
    }

    @Test
    void forgetsATokenAfterTwoHours() {
        VirtualTime time = new VirtualTime();
        WechatToken token = new WechatToken(time);

        assertThat(token.known()).isEmpty();
        token.keep("t");
        time.advance(Duration.ofHours(2));
        assertThat(token.known()).isEqualTo("t");
        time.advance(Duration.ofNanos(1));
        assertThat(token.known()).isEmpty();
    }

    @Test
    void doesNotForgetTheTokenOfAnotherAttempt() {
        WechatToken token = new WechatToken(new VirtualTime());
        token.keep("new");

        token.forget("old");

        assertThat(token.known()).isEqualTo("new");
    }
}
