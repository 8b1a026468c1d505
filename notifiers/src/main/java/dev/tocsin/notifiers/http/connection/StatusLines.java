package dev.tocsin.notifiers.http.connection;

import dev.tocsin.core.label.GoQuote;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/** Parses status lines and quotes what is none. Stateless. */
final class StatusLines extends BasicLineParser {
    static final StatusLines INSTANCE = new StatusLines();

    private static final int QUOTED = 64;

    private StatusLines() {}

    @Override
    public StatusLine parseStatusLine(CharArrayBuffer line) throws ParseException {
        try {
            return super.parseStatusLine(line);
        } catch (ParseException e) {
            String text = line.substring(0, Math.min(line.length(), QUOTED));
            throw new ParseException("malformed HTTP response " + GoQuote.quote(text));
        }
    }
}
