package dev.tocsin.core.hub;

import static dev.tocsin.core.hub.Posted.alert;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The spans of an alert's way (contract section 2.9). */
class HubTracingTest {
    private static final String CONFIG = """
            route: {receiver: default, group_by: [], group_wait: 1s, group_interval: 1s, repeat_interval: 1h}
            receivers: [{name: default, webhook_configs: [{url: a}]}]
            """;
    private static final String TRACING = "tracing: {endpoint: 'collector.example:4317'}\n";

    private final TestHub hub = TestHub.start(CONFIG);

    @Test
    void aFlushIsASpanWithAPartForEachStage() {
        hub.post(1, alert("A").from(1));
        hub.at(2.5);
        assertThat(hub.tracing().ended())
                .containsExactly(
                        "dispatcher.flush/pipeline.mute",
                        "dispatcher.flush/pipeline.integration/pipeline.dedup",
                        "dispatcher.flush/pipeline.integration/pipeline.claim",
                        "dispatcher.flush/pipeline.integration/integration.webhook",
                        "dispatcher.flush/pipeline.integration/pipeline.record",
                        "dispatcher.flush/pipeline.integration",
                        "dispatcher.flush");
    }

    @Test
    void aPostIsPartOfItsRequest() throws Exception {
        hub.tracing()
                .root("POST /api/v2/alerts")
                .call(() -> hub.post(1, alert("A").from(1)));
        assertThat(hub.tracing().ended()).containsExactly("POST /api/v2/alerts/provider.Put");
    }

    private void postAs(String request, double second, Posted alert) throws Exception {
        hub.tracing().root(request).call(() -> hub.post(second, alert));
    }

    @Test
    void aFlushNamesThePostsOfWhichItTells() throws Exception {
        postAs("first", 1, alert("A").from(1));
        postAs("second", 1.5, alert("B").from(1.5));
        hub.at(2.5);
        assertThat(hub.tracing().causes()).containsExactly("first/provider.Put", "second/provider.Put");
    }

    @Test
    void aPostThatRepeatsWhatIsKnownLeadsToNothing() throws Exception {
        postAs("first", 1, alert("A").from(1));
        postAs("again", 2.5, alert("A").from(1));
        postAs("its end", 3.1, alert("A").from(1).to(3));
        hub.at(6);
        assertThat(hub.tracing().causes()).containsExactly("first/provider.Put", "its end/provider.Put");
    }

    @Test
    void aPostOfManyAlertsIsOneCauseAndManyPostsAreSixteen() throws Exception {
        hub.tracing()
                .root("many")
                .call(() -> hub.post(1, alert("A").from(1), alert("B").from(1)));
        for (int i = 0; i < 20; i++) {
            postAs("post" + i, 1.1, alert("C" + i).from(1.1));
        }
        hub.at(2.5);
        assertThat(hub.tracing().causes())
                .hasSize(16)
                .doesNotHaveDuplicates()
                .startsWith("post4/provider.Put")
                .endsWith("post19/provider.Put");
    }

    @Test
    void tracingFollowsTheConfiguration() {
        assertThat(hub.tracing().config()).isNull();
        hub.reload(1, CONFIG + TRACING);
        assertThat(hub.tracing().config()).isNotNull();
        hub.reload(2, CONFIG);
        assertThat(hub.tracing().config()).isNull();
    }

    @Test
    void aReloadWhoseTracingCannotBeSetUpChangesNothing() {
        hub.reload(1, CONFIG + TRACING);
        hub.tracing().refuse();
        assertThat(hub.reload(2, CONFIG)).isEqualTo(new ApplyResult.Refused("no tracing today"));
        assertThat(hub.tracing().config()).isNotNull();
    }

    @Test
    void aFaultWhileAConfigurationIsPutInForceIsToldToWhoeverAsked() {
        hub.reload(1, CONFIG);
        hub.tracing().breakDown();
        ApplyResult broken = new ApplyResult.Refused("unexpected failure: java.lang.IllegalStateException: broken");
        assertThat(hub.reload(2, CONFIG)).isEqualTo(broken);
        assertThat(hub.reload(3, CONFIG)).isEqualTo(broken);
    }
}
