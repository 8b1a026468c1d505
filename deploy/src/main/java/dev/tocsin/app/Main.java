package dev.tocsin.app;

/** The process's entry. */
public final class Main {
    private Main() {}

    /** Runs the node or a subcommand. */
    public static void main(String[] args) {
        System.err.println("tocsin: error: nothing here yet");
        System.exit(1);
    }
}
