package dev.tocsin.notifiers.sns;

import dev.tocsin.core.config.Secret;

/**
 * With what requests are signed.
 *
 * @param sessionToken empty for credentials that do not expire
 */
record AwsCredentials(String accessKey, Secret secretKey, Secret sessionToken) {}
