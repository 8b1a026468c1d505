package dev.tocsin.notifiers.sns;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code sns_configs} (notifiers contract section 1.9). The texts are templates.
 *
 * @param http null as long as nothing was inherited
 * @param awsHttpClient accepted; there is only one client
 * @param apiUrl where to post; empty for the region's own endpoint
 * @param attributes name to value, both templates
 */
public record SnsConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        boolean awsHttpClient,
        String apiUrl,
        Signing signing,
        String topicArn,
        String phoneNumber,
        String targetArn,
        String subject,
        String message,
        Map<String, String> attributes)
        implements IntegrationConfig {

    /**
     * How requests are signed, the {@code sigv4} block; no templates.
     *
     * @param region empty for that of the environment
     * @param accessKey empty for those of the environment or of the credentials file
     * @param profile of the credentials file; empty for the environment's
     * @param roleArn the role to take on; empty for none
     * @param externalId sent when the role is taken on; may be empty
     */
    public record Signing(
            String region,
            String accessKey,
            Secret secretKey,
            String profile,
            String roleArn,
            String externalId,
            boolean fipsSts) {
        /** All from the environment. */
        static final Signing NONE = new Signing("", "", Secret.NONE, "", "", "", false);
    }
}
