package dev.tocsin.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.silence.Silence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON of each event, key by key. Hashes and ids are those that the contract gives for the same labels and keys. */
class EventJsonTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.600Z");
    private static final LabelSet LABELS = LabelSet.of("alertname", "A", "team", "x");
    private static final String ALERT = "{\"fingerprint\":\"" + Long.toUnsignedString(LABELS.fingerprint())
            + "\",\"name\":\"A\",\"labels\":{\"labels\":[{\"key\":\"alertname\",\"value\":\"A\"},"
            + "{\"key\":\"team\",\"value\":\"x\"}]},\"annotations\":{},\"startsAt\":\"2026-01-02T03:00:00Z\","
            + "\"endsAt\":\"2026-01-02T03:09:00.000001Z\"}";
    private static final String GROUP = "\"groupInfo\":{\"groupKey\":\"{}:{}\",\"groupLabels\":{},"
            + "\"groupId\":\"cc9772a1ec901d26ef71dae861793e4d08979fa5030a3f0a5f3ba549f1f2d0b6\","
            + "\"receiverName\":\"r\",\"groupUuid\":\"u\"}";

    private final EventJson json = new EventJson("host-1");
    private final EventData.Group group = new EventData.Group("{}:{}", LabelSet.EMPTY, "r", List.of(), "u");

    private static Alert alert(Instant endsAt) {
        return new Alert(
                LABELS,
                LabelSet.EMPTY,
                Instant.parse("2026-01-02T03:00:00Z"),
                ZoneOffset.UTC,
                endsAt,
                ZoneOffset.UTC,
                AT,
                "",
                false);
    }

    private static Alert firing() {
        return alert(Instant.parse("2026-01-02T03:09:00.000001Z"));
    }

    private String data(EventData event) {
        String text = new String(json.write(new RecordedEvent(AT, 0, event)), StandardCharsets.UTF_8);
        String head = "{\"@timestamp\":\"2026-01-02T03:04:05.600Z\",\"instance\":\"host-1\",\"data\":{";
        assertThat(text).startsWith(head).endsWith("}}");
        return text.substring(head.length(), text.length() - 2);
    }

    @Test
    void startAndEndOfTheNode() {
        assertThat(data(new EventData.Startup("0.34.0", "(java=25)")))
                .isEqualTo("\"alertmanagerStartupEvent\":{\"version\":\"0.34.0\",\"buildContext\":\"(java=25)\"}");
        assertThat(data(new EventData.Shutdown())).isEqualTo("\"alertmanagerShutdownEvent\":{}");
    }

    @Test
    void thePlaceAmongPeersIsTheLastKeyAndAbsentForTheFirst() {
        byte[] text = json.write(new RecordedEvent(AT, 2, new EventData.Shutdown()));
        assertThat(new String(text, StandardCharsets.UTF_8))
                .endsWith("\"data\":{\"alertmanagerShutdownEvent\":{}},\"clusterPosition\":2}");
    }

    @Test
    void aNewAlert() {
        assertThat(data(new EventData.AlertCreated(firing()))).isEqualTo("\"alertCreated\":{\"alert\":" + ALERT + "}");
    }

    @Test
    void aResolvedAlertSaysSo() {
        assertThat(data(new EventData.AlertCreated(alert(AT))))
                .endsWith("\"endsAt\":\"2026-01-02T03:04:05.600Z\",\"resolved\":true}}");
    }

    @Test
    void anAlertEntersAndLeavesAGroup() {
        String grouped = "{\"alert\":{\"hash\":\"" + hash() + "\",\"details\":" + ALERT + "}," + GROUP + "}";
        assertThat(data(new EventData.AlertGrouped(firing(), group))).isEqualTo("\"alertGrouped\":" + grouped);
        assertThat(data(new EventData.AlertResolved(firing(), group))).isEqualTo("\"alertResolved\":" + grouped);
    }

    private static String hash() {
        return Long.toUnsignedString(dev.tocsin.core.label.AlertHash.of(LABELS));
    }

    @Test
    void aNotification() {
        EventData event = new EventData.Notification(
                List.of(firing()),
                List.of(-1L),
                List.of(),
                List.of(7L, 8L),
                group,
                Duration.ofMillis(4_500),
                NotificationReason.FIRST_NOTIFICATION,
                3,
                "webhook",
                1);
        assertThat(data(event))
                .isEqualTo("\"notification\":{\"alerts\":[{\"hash\":\"" + hash() + "\",\"details\":" + ALERT + "}],"
                        + "\"firingAlerts\":[{\"hash\":\"18446744073709551615\"}],"
                        + "\"mutedAlerts\":[{\"hash\":\"7\"},{\"hash\":\"8\"}]," + GROUP
                        + ",\"repeatInterval\":\"4.500s\",\"reason\":\"NOTIFY_REASON_FIRST_NOTIFICATION\","
                        + "\"flushId\":\"3\",\"integration\":{\"name\":\"webhook\",\"index\":\"1\"}}");
    }

    @Test
    void anAlertThatWasToldAsFiringHasNoEndInItsNotification() {
        EventData event = new EventData.Notification(
                List.of(firing()),
                List.of(dev.tocsin.core.label.AlertHash.of(LABELS)),
                List.of(),
                List.of(),
                group,
                Duration.ofSeconds(4),
                NotificationReason.FIRST_NOTIFICATION,
                1,
                "webhook",
                0);
        assertThat(data(event)).contains("\"endsAt\":\"0001-01-01T00:00:00Z\"}}]");
    }

    @Test
    void aSilenceWithEveryKindOfMatcher() throws InvalidMatcherException {
        List<Matcher> matchers = List.of(
                Matcher.equal("a", "1"),
                Matcher.of("b", MatchType.NOT_EQUAL, "2"),
                Matcher.of("c", MatchType.REGEXP, "3.*"),
                Matcher.of("d", MatchType.NOT_REGEXP, "4\"<"));
        Silence silence = new Silence("id-1", List.of(matchers), AT, AT, AT, "me", "why", Map.of("k", "v"), AT);
        String sets = "[{\"type\":\"TYPE_EQUAL\",\"name\":\"a\",\"pattern\":\"1\",\"rendered\":\"a=\\\"1\\\"\"},"
                + "{\"type\":\"TYPE_NOT_EQUAL\",\"name\":\"b\",\"pattern\":\"2\",\"rendered\":\"b!=\\\"2\\\"\"},"
                + "{\"type\":\"TYPE_REGEXP\",\"name\":\"c\",\"pattern\":\"3.*\",\"rendered\":\"c=~\\\"3.*\\\"\"},"
                + "{\"type\":\"TYPE_NOT_REGEXP\",\"name\":\"d\",\"pattern\":\"4\\\"<\","
                + "\"rendered\":\"d!~\\\"4\\\\\\\"<\\\"\"}]";
        String at = "\"2026-01-02T03:04:05.600Z\"";
        String text = "{\"silence\":{\"id\":\"id-1\",\"matchers\":" + sets
                + ",\"annotations\":{\"labels\":[{\"key\":\"k\",\"value\":\"v\"}]},\"startsAt\":" + at + ",\"endsAt\":"
                + at + ",\"updatedAt\":" + at
                + ",\"createdBy\":\"me\",\"comment\":\"why\",\"matcherSets\":[{\"matchers\":"
                + sets + "}]}";
        assertThat(data(new EventData.SilenceCreated(silence))).isEqualTo("\"silenceCreated\":" + text + "}");
        assertThat(data(new EventData.SilenceUpdated(silence))).isEqualTo("\"silenceUpdated\":" + text + "}");
        assertThat(data(new EventData.SilenceMuted(silence, LabelSet.of("e", "5"))))
                .isEqualTo("\"silenceMutedAlert\":" + text + ",\"mutedAlert\":{\"labels\":{\"labels\":"
                        + "[{\"key\":\"e\",\"value\":\"5\"}]},\"fingerprint\":\""
                        + Long.toUnsignedString(LabelSet.of("e", "5").fingerprint()) + "\"}}");
    }

    @Test
    void anInhibitedAlert() {
        EventData event = new EventData.InhibitionMuted(
                List.of(Matcher.equal("s", "1")), List.of(), List.of("z", "y"), LabelSet.of("e", "5"), -2);
        assertThat(data(event))
                .startsWith("\"inhibitionMutedAlert\":{\"inhibitRules\":[{\"sourceMatchers\":[{\"type\":\"TYPE_EQUAL\","
                        + "\"name\":\"s\",\"pattern\":\"1\",\"rendered\":\"s=\\\"1\\\"\"}],\"equalLabels\":[\"y\",\"z\"]}],"
                        + "\"mutedAlert\":{\"labels\":")
                .endsWith("\"inhibitingFingerprints\":[\"18446744073709551614\"]}");
    }
}
