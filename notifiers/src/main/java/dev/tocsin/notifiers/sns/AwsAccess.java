package dev.tocsin.notifiers.sns;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.notifiers.Settings;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.auth.Secrets;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.payload.FormText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds region and credentials: those of the configuration, else of the environment, else of the credentials file; with a
 * role, those of the role, which are kept until shortly before they expire. Guarded by its own monitor but for the
 * request; safe for many threads.
 */
final class AwsAccess {
    /** A role is taken on again this long before its credentials expire. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final SnsConfig.Signing signing;
    private final Map<String, String> environment;
    private final IntegrationClient client;
    private final Clock clock;
    private final @Nullable Url sts;
    private @Nullable AwsCredentials ofRole;
    private Instant roleExpires = Instant.EPOCH;

    /** @param sts where roles are taken on; null for the region's own service */
    AwsAccess(
            SnsConfig.Signing signing,
            Map<String, String> environment,
            IntegrationClient client,
            Clock clock,
            @Nullable Url sts) {
        this.signing = signing;
        this.environment = environment;
        this.client = client;
        this.clock = clock;
        this.sts = sts;
    }

    /** There are no credentials, for now. */
    static final class NoAccessException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        private NoAccessException(Outcome outcome) {
            super(outcome.toString());
            this.outcome = outcome;
        }

        private static NoAccessException because(String message) {
            return new NoAccessException(StatusRule.retryable(message));
        }

        /** What becomes of the notification; no success. */
        Outcome outcome() {
            return outcome;
        }
    }

    /** The region. */
    String region() throws NoAccessException {
        for (String region : List.of(
                signing.region(),
                environment.getOrDefault("AWS_REGION", ""),
                environment.getOrDefault("AWS_DEFAULT_REGION", ""))) {
            if (!region.isEmpty()) {
                return region;
            }
        }
        throw NoAccessException.because("region not configured in sns.sigv4.region or in default credentials chain");
    }

    /** The credentials for a request. */
    AwsCredentials credentials(Notification notification, Instant deadline)
            throws NoAccessException, InterruptedException {
        if (signing.roleArn().isEmpty()) {
            return own();
        }
        AwsCredentials kept = kept();
        return kept == null ? takeOn(notification, deadline) : kept;
    }

    private synchronized @Nullable AwsCredentials kept() {
        return clock.now().isBefore(roleExpires.minus(MARGIN)) ? ofRole : null;
    }

    private synchronized void keep(AwsCredentials credentials, Instant expires) {
        ofRole = credentials;
        roleExpires = expires;
    }

    private AwsCredentials own() throws NoAccessException {
        if (!signing.accessKey().isEmpty()) {
            return new AwsCredentials(signing.accessKey(), signing.secretKey(), Secret.NONE);
        }
        String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        if (signing.profile().isEmpty() && !key.isEmpty() && !secret.isEmpty()) {
            return new AwsCredentials(
                    key, new Secret(secret), new Secret(environment.getOrDefault("AWS_SESSION_TOKEN", "")));
        }
        return ofFile();
    }

    private AwsCredentials ofFile() throws NoAccessException {
        String profile =
                signing.profile().isEmpty() ? environment.getOrDefault("AWS_PROFILE", "default") : signing.profile();
        String path = environment.getOrDefault(
                "AWS_SHARED_CREDENTIALS_FILE", environment.getOrDefault("HOME", "") + "/.aws/credentials");
        Map<String, String> values;
        try {
            values = AwsProfiles.read(Secrets.whole(path), profile);
        } catch (IOException e) {
            throw NoAccessException.because(
                    "no AWS credentials in sigv4, in the environment or in a file: " + e.getMessage());
        }
        String key = values.getOrDefault("aws_access_key_id", "");
        String secret = values.getOrDefault("aws_secret_access_key", "");
        if (key.isEmpty() || secret.isEmpty()) {
            throw NoAccessException.because(
                    "no AWS credentials in sigv4 or in the environment, nor for profile " + profile + " in " + path);
        }
        return new AwsCredentials(key, new Secret(secret), new Secret(values.getOrDefault("aws_session_token", "")));
    }

    private AwsCredentials takeOn(Notification notification, Instant deadline)
            throws NoAccessException, InterruptedException {
        FormText form = new FormText()
                .add("Action", "AssumeRole")
                .add("RoleArn", signing.roleArn())
                .add("RoleSessionName", "tocsin")
                .add("Version", "2011-06-15");
        if (!signing.externalId().isEmpty()) {
            form.add("ExternalId", signing.externalId());
        }
        String region = region();
        OutboundRequest request = AwsRequest.post(
                sts == null ? service(signing.fipsSts() ? "sts-fips" : "sts", region) : sts,
                form,
                notification,
                "role",
                new AwsSignature(region, "sts"),
                own(),
                clock.now());
        return switch (client.exchange(request, deadline)) {
            case OutboundResult.Failure failure -> throw new NoAccessException(StatusRule.failed(failure, request));
            case OutboundResult.Answer answer -> ofRole(answer);
        };
    }

    private AwsCredentials ofRole(OutboundResult.Answer answer) throws NoAccessException {
        String key = AwsRequest.element(answer.body(), "AccessKeyId");
        String secret = AwsRequest.element(answer.body(), "SecretAccessKey");
        if (!answer.success() || key.isEmpty() || secret.isEmpty()) {
            throw new NoAccessException(StatusRule.prefixed("assume role: ", SnsNotifier.refused(answer)));
        }
        AwsCredentials credentials = new AwsCredentials(
                key, new Secret(secret), new Secret(AwsRequest.element(answer.body(), "SessionToken")));
        try {
            keep(credentials, Instant.parse(AwsRequest.element(answer.body(), "Expiration")));
        } catch (DateTimeParseException e) {
            keep(credentials, Instant.EPOCH); // used once
        }
        return credentials;
    }

    /** The address of a service in a region. */
    static Url service(String service, String region) {
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return Settings.known("https://" + service + "." + region + "." + domain + "/");
    }
}
