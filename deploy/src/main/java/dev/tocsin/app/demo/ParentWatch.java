package dev.tocsin.app.demo;

import java.io.IOException;

/** Ends a node of the demonstration when the process that started it is gone, however that came about. */
public final class ParentWatch {
    /** The system property that asks for it. */
    public static final String PROPERTY = "tocsin.ends-with-parent";

    private ParentWatch() {}

    /** Watches if {@link #PROPERTY} is {@code true}: standard input is a pipe that the parent never writes to. */
    public static void startIfAsked() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread.ofPlatform().name("parent-watch").daemon().start(ParentWatch::run);
        }
    }

    private static void run() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said here
            }
        } catch (IOException e) {
            // as good as its end
        }
        Runtime.getRuntime().halt(1); // nothing of the demonstration is kept: no need to stop gracefully
    }
}
