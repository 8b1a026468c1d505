package dev.tocsin.core.config.http;

import dev.tocsin.core.config.SecretSource;

/**
 * The {@code Authorization} header: {@code type credentials}. A file is read for every request.
 *
 * @param type never empty, never {@code basic}
 * @param credentials the credentials or their file; may be unset
 * @param credentialsRef a name in a secret store, of which there is none: refused when the client is built
 */
public record AuthorizationConfig(String type, SecretSource credentials, String credentialsRef) {}
