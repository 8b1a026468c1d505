package dev.tocsin.app.demo;

import java.io.PrintStream;
import java.time.Duration;

/** Prints the story line by line with the seconds since its start. Safe for all threads. */
final class Screen {
    private final PrintStream out;
    private volatile long begun = System.nanoTime();

    Screen(PrintStream out) {
        this.out = out;
    }

    /** Counts the seconds from now on. */
    void begin() {
        begun = System.nanoTime();
    }

    /** A line of the narrator. */
    void tell(String text) {
        line("story ", text);
    }

    /** A line of the pager. */
    void page(String text) {
        line("PAGER ", text);
    }

    private void line(String who, String text) {
        Duration since = Duration.ofNanos(System.nanoTime() - begun);
        out.printf("%3d.%ds  %s %s%n", since.toSeconds(), since.toMillisPart() / 100, who, text);
    }
}
