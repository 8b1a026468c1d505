package dev.tocsin.app.tracing;

import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Brings what the exporter has to say into the node's log, instead of onto the error stream in a form of its own. */
final class ExporterLog extends Handler {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(OtlpTracer.class);

    private ExporterLog() {}

    /** The library's logger, with this handler; it forgets the handler if nobody holds it. */
    static Logger attach() {
        Logger library = Logger.getLogger("io.opentelemetry");
        if (Arrays.stream(library.getHandlers()).noneMatch(ExporterLog.class::isInstance)) {
            library.addHandler(new ExporterLog());
            library.setUseParentHandlers(false);
        }
        return library;
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()) {
            LOG.atWarn()
                    .addKeyValue("component", "tracing")
                    .addKeyValue("err", record.getMessage())
                    .log("Exporting spans failed");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
