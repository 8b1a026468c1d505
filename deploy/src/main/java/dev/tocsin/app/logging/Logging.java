package dev.tocsin.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Sets up logging from the two log flags. Everything goes to standard error. */
public final class Logging {
    private Logging() {}

    /**
     * Replaces whatever Logback has set up by itself.
     *
     * @param level {@code debug}, {@code info}, {@code warn} or {@code error}
     * @param format {@code logfmt} or {@code json}
     */
    public static void configure(String level, String format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        LineEncoder encoder = new LineEncoder(format.equals("json"));
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        context.getLogger("dev.tocsin").setLevel(Level.toLevel(level));
    }
}
