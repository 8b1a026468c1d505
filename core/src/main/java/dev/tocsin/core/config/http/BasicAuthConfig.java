package dev.tocsin.core.config.http;

import dev.tocsin.core.config.SecretSource;

/**
 * User name and password sent with every request. Files are read for every request, white space around their text cut.
 *
 * @param username the name itself; empty if it is in a file
 * @param usernameFile a path; may be empty
 * @param usernameRef a name in a secret store, of which there is none: refused when the client is built
 * @param password the password or its file
 * @param passwordRef as {@code usernameRef}
 */
public record BasicAuthConfig(
        String username, String usernameFile, String usernameRef, SecretSource password, String passwordRef) {}
