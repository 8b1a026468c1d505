package dev.tocsin.notifiers.wechat;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code wechat_configs} (notifiers contract section 1.8). The texts but the type are templates.
 *
 * @param http null as long as nothing was inherited
 * @param apiSecret a template, also in a file, which is read for every new token
 * @param corpId empty as long as nothing was inherited
 * @param apiUrl what addresses begin with; null as long as nothing was inherited
 * @param messageType {@code text} or {@code markdown}
 */
public record WechatConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        SecretSource apiSecret,
        String corpId,
        String message,
        @Nullable Url apiUrl,
        String toUser,
        String toParty,
        String toTag,
        String agentId,
        String messageType)
        implements IntegrationConfig {}
