package dev.tocsin.notifiers.email;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.http.TlsConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code email_configs} (notifiers contract section 1.2).
 *
 * @param to recipients, a template
 * @param from the sender, a template
 * @param headers canonical name to template, in the order in which they are sent; complete once inherited
 * @param html a template of HTML; empty for no such part
 * @param text a template; empty for no such part
 * @param relay how the mail is delivered; as written as long as nothing was inherited
 */
public record EmailConfig(
        boolean sendResolved,
        String to,
        String from,
        Map<String, String> headers,
        String html,
        String text,
        Relay relay,
        Threading threading)
        implements IntegrationConfig {

    /**
     * The server that takes the mail.
     *
     * @param hello the name in EHLO
     * @param smarthost {@code host:port}
     * @param username empty to deliver without authentication
     * @param password for PLAIN and LOGIN; the file counts if there is one
     * @param secret for CRAM-MD5; the file counts if there is one
     * @param identity for PLAIN; may be empty
     * @param requireTls null as long as nothing was inherited
     * @param tls null for the defaults, or as long as nothing was inherited
     * @param forceImplicitTls null to let the port decide
     */
    public record Relay(
            String hello,
            String smarthost,
            String username,
            SecretSource password,
            SecretSource secret,
            String identity,
            @Nullable Boolean requireTls,
            @Nullable TlsConfig tls,
            @Nullable Boolean forceImplicitTls) {
        String host() {
            String host = smarthost.substring(0, smarthost.lastIndexOf(':'));
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }

        String port() {
            return smarthost.substring(smarthost.lastIndexOf(':') + 1);
        }

        boolean implicitTls() {
            return forceImplicitTls == null ? port().equals("465") : forceImplicitTls;
        }
    }

    /**
     * Whether mail programs show the mails of a group together.
     *
     * @param byDate {@code none} or {@code daily}
     */
    public record Threading(boolean enabled, String byDate) {}
}
