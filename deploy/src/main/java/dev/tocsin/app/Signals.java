package dev.tocsin.app;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What signals do (contract section 1.5): TERM and INT stop the node, HUP reloads its configuration. Signals that arrive
 * during a reload count as one. It listens from its construction on: a node that is told to stop while it starts, stops
 * when it has started.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private final Node node;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int exitCode;

    Signals(Node node) {
        this.node = node;
        ProcessSignal.handle("TERM", end::countDown);
        ProcessSignal.handle("INT", end::countDown);
        ProcessSignal.handle("HUP", node::reload);
    }

    /** Ends the process with 1 if the HTTP listeners close by themselves. Call it when the node has started. */
    void watchListeners() {
        node.listenersClosed().thenRun(() -> {
            if (end.getCount() > 0) {
                LOG.atError().addKeyValue("err", "the HTTP listener has closed").log("alertmanager exited with error");
                exitCode = 1;
                end.countDown();
            }
        });
    }

    /** Blocks until a signal ends the node or its HTTP server fails; returns the exit code. */
    int awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.atInfo().log("Shutting down gracefully");
        if (exitCode == 0) {
            LOG.atInfo().log("Received shutdown signal, exiting gracefully...");
        }
        node.close();
        return exitCode;
    }
}
