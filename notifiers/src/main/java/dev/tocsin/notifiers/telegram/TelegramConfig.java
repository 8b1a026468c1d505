package dev.tocsin.notifiers.telegram;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code telegram_configs} (notifiers contract section 1.10).
 *
 * @param http null as long as nothing was inherited
 * @param apiUrl what the address begins with; null as long as nothing was inherited
 * @param botToken part of the address; a file is read for every notification
 * @param chatId 0 if it is in a file
 * @param chatIdFile read for every notification; may be empty
 * @param messageThreadId 0 for none
 * @param message a template, one of HTML if {@code parseMode} is
 * @param parseMode empty for plain text
 */
public record TelegramConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        @Nullable Url apiUrl,
        SecretSource botToken,
        long chatId,
        String chatIdFile,
        long messageThreadId,
        String message,
        boolean disableNotifications,
        String parseMode)
        implements IntegrationConfig {}
