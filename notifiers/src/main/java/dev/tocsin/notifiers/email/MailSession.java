package dev.tocsin.notifiers.email;

import jakarta.mail.Session;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the mail library, the same for all relays. They take it milliseconds to gather, so they are made for the
 * first mail and kept. Guarded by its own lock.
 */
public final class MailSession {
    private @Nullable Session session;

    /** Nothing is gathered yet. */
    public MailSession() {}

    synchronized Session session() {
        Session known = session;
        if (known == null) {
            Properties settings = new Properties();
            settings.put("mail.smtp.ssl.socketFactory", new StartTls());
            // The delivery says goodbye itself; the library would do so again and again to who answers nonsense.
            settings.put("mail.smtp.quitwait", "false");
            known = Session.getInstance(settings);
            session = known;
        }
        return known;
    }
}
