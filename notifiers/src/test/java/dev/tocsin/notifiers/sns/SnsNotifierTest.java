package dev.tocsin.notifiers.sns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.CapturedAlerts;
import dev.tocsin.notifiers.IntegrationHarness;
import dev.tocsin.notifiers.http.RecordedRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SnsNotifierTest {
    private static final String FOLDER = "/dev/tocsin/notifiers/recorded/";
    private static final String TOPIC = "topic_arn: t, api_url: 'http://SINK/'";
    private static final String ROLE = """
            <AssumeRoleResponse><AssumeRoleResult><Credentials>
            <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>rs</SecretAccessKey><SessionToken>tok</SessionToken>
            <Expiration>2026-01-02T04:20:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """;

    private final Notification notification = new CapturedAlerts().notification("firing");
    private @Nullable IntegrationHarness harness;

    @TempDir
    private Path folder;

    private IntegrationHarness harness(Map<String, String> environment) {
        IntegrationHarness built = new IntegrationHarness(environment);
        harness = built;
        return built;
    }

    @AfterEach
    void close() {
        if (harness != null) {
            harness.close();
        }
    }

    /** The id by which Amazon drops repeats is the notification's: Alertmanager's own is the same for all of a group. */
    @ParameterizedTest
    @CsvFileSource(resources = FOLDER + "sns.csv")
    void publishesWhatAlertmanagerPublishes(String variant, int index, String phase) throws Exception {
        IntegrationHarness recording = harness(Map.of());
        Map<?, ?> recorded = recorded(variant, phase);
        String config;
        try (InputStream in = SnsNotifierTest.class.getResourceAsStream(FOLDER + "receivers.yml")) {
            assertThat(in).isNotNull();
            config = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Notifier sns = recording.build(recording.load(config, folder).stream()
                .filter(integration -> integration.kind().equals("sns") && integration.index() == index)
                .findFirst()
                .orElseThrow());

        assertThat(sns.send(new CapturedAlerts().notification(phase), IntegrationHarness.LATER))
                .isInstanceOf(Outcome.Delivered.class);

        RecordedRequest sent = recording.server.take();
        assertThat(sent.line()).isEqualTo("POST " + recorded.get("path") + " HTTP/1.1");
        assertThat(sent.body())
                .isEqualTo(String.valueOf(recorded.get("body"))
                        .replaceAll("MessageDeduplicationId=[0-9a-f]*", "MessageDeduplicationId=key-7"));
        assertThat(sent.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(sent.header("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-east-2/sns/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date, Signature=");
    }

    /** The recorded requests were signed by Amazon's own library. */
    @ParameterizedTest
    @CsvFileSource(resources = FOLDER + "sns.csv")
    void signsAsAmazonsLibraryDoes(String variant, int index, String phase) {
        Map<?, ?> recorded = recorded(variant, phase);
        Map<String, String> all = new HashMap<>();
        for (Object pair : (List<?>) Objects.requireNonNull(recorded.get("headers"))) {
            List<?> field = (List<?>) pair;
            all.put(String.valueOf(field.getFirst()).toLowerCase(Locale.ROOT), String.valueOf(field.getLast()));
        }
        String expected = String.valueOf(all.get("authorization"));
        SortedMap<String, String> signed = new TreeMap<>();
        for (String name :
                expected.replaceAll(".*SignedHeaders=([^,]*),.*", "$1").split(";", -1)) {
            signed.put(name, String.valueOf(all.get(name)));
        }

        assertThat(new AwsSignature("us-east-2", "sns")
                        .sign(
                                new AwsCredentials("AKIDEXAMPLE", new Secret("SECRETEXAMPLE"), Secret.NONE),
                                "POST",
                                String.valueOf(recorded.get("path")),
                                "",
                                signed,
                                String.valueOf(recorded.get("body")).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }

    private static Map<?, ?> recorded(String variant, String phase) {
        Object requests = new JsonResource(SnsNotifierTest.class, FOLDER + variant + "." + phase + ".json")
                .objects()
                .getFirst()
                .get("requests");
        if (requests instanceof List<?> all && all.getFirst() instanceof Map<?, ?> first) {
            return first;
        }
        throw new AssertionError("no request was recorded: " + requests);
    }

    @Test
    void takesRegionAndCredentialsFromTheEnvironment() throws Exception {
        IntegrationHarness sns = harness(Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKENV",
                "AWS_SECRET_ACCESS_KEY", "s",
                "AWS_SESSION_TOKEN", "token"));

        sns.build("sns", TOPIC).send(notification, IntegrationHarness.LATER);

        RecordedRequest sent = sns.server.take();
        assertThat(sent.header("Authorization")).contains("Credential=AKENV/20260102/eu-west-1/sns/");
        assertThat(sent.header("X-Amz-Security-Token")).isEqualTo("token");
    }

    @Test
    void takesCredentialsFromAProfile() throws Exception {
        Path file = folder.resolve("credentials");
        Files.writeString(file, """
                [default]
                aws_access_key_id = AKDEFAULT
                aws_secret_access_key = d
                # other
                [ops]
                aws_access_key_id=AKOPS
                aws_secret_access_key=o=1
                """);
        IntegrationHarness sns = harness(Map.of("AWS_SHARED_CREDENTIALS_FILE", file.toString(), "AWS_REGION", "r"));

        sns.build("sns", TOPIC + ", sigv4: {profile: ops}").send(notification, IntegrationHarness.LATER);
        sns.build("sns", TOPIC).send(notification, IntegrationHarness.LATER);
        Outcome missing =
                sns.build("sns", TOPIC + ", sigv4: {profile: nobody}").send(notification, IntegrationHarness.LATER);

        assertThat(sns.server.take().header("Authorization")).contains("Credential=AKOPS/");
        assertThat(sns.server.take().header("Authorization")).contains("Credential=AKDEFAULT/");
        assertThat(missing)
                .isInstanceOfSatisfying(
                        Outcome.Retryable.class,
                        outcome -> assertThat(outcome.message()).contains("for profile nobody in " + file));
    }

    @Test
    void takesOnARoleOnceAndSignsWithIt() throws Exception {
        IntegrationHarness sns = harness(Map.of());
        sns.server.then(200, ROLE);
        Notifier notifier = sns.build(
                "sns", TOPIC + ", sigv4: {region: r, access_key: a, secret_key: s, role_arn: 'arn:x', external_id: e}");

        notifier.send(notification, IntegrationHarness.LATER);
        notifier.send(notification, IntegrationHarness.LATER);

        RecordedRequest role = sns.server.take();
        assertThat(role.line()).startsWith("POST /sts ");
        assertThat(role.body())
                .isEqualTo("Action=AssumeRole&ExternalId=e&RoleArn=arn%3Ax&RoleSessionName=tocsin&Version=2011-06-15");
        assertThat(role.header("Authorization")).contains("Credential=a/20260102/r/sts/");
        for (int i = 0; i < 2; i++) {
            RecordedRequest published = sns.server.take();
            assertThat(published.header("Authorization")).contains("Credential=ASIA1/20260102/r/sns/");
            assertThat(published.header("X-Amz-Security-Token")).isEqualTo("tok");
        }
    }

    @Test
    void aRefusedRoleSaysSo() throws Exception {
        IntegrationHarness sns = harness(Map.of());
        sns.server.then(403, "<Error><Code>AccessDenied</Code><Message>not you</Message></Error>");

        Outcome outcome = sns.build(
                        "sns", TOPIC + ", sigv4: {region: r, access_key: a, secret_key: s, role_arn: 'arn:x'}")
                .send(notification, IntegrationHarness.LATER);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Permanent.class,
                        refused -> assertThat(refused.message())
                                .isEqualTo("assume role: unexpected status code 403: not you"));
    }

    @Test
    void cutsBetweenCharacters() throws Exception {
        IntegrationHarness sns = harness(Map.of());

        sns.build(
                        "sns",
                        "phone_number: '+1', message: '{{ printf \"%01599d\" 0 }}é', api_url: 'http://SINK/', sigv4:"
                                + " {region: r, access_key: a, secret_key: s}")
                .send(notification, IntegrationHarness.LATER);

        assertThat(sns.server.take().body())
                .contains("Message=" + "0".repeat(1599) + "&")
                .contains("MessageAttributes.entry.1.Name=truncated");
    }
}
