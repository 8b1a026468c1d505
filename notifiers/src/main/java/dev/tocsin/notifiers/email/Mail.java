package dev.tocsin.notifiers.email;

import java.util.List;

/**
 * A mail that is ready to be delivered.
 *
 * @param from the sender's address alone
 * @param to the recipients' addresses alone, not empty
 * @param content headers and body with CRLF at the ends of lines, ASCII only
 */
record Mail(String from, List<String> to, String content) {
    /** Copies the list. */
    Mail {
        to = List.copyOf(to);
    }
}
