package dev.tocsin.app;

import dev.tocsin.app.demo.ParentWatch;
import dev.tocsin.app.flag.FlagParser;
import dev.tocsin.app.flag.FlagValues;
import dev.tocsin.app.flag.NodeFlags;
import dev.tocsin.app.logging.Logging;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's entry: a node, or a subcommand if the first argument names one. */
public final class Main {
    private static final List<String> SUBCOMMANDS =
            List.of("check-config", "check-web-config", "config", "explain", "template", "receivers", "demo", "help");

    private Main() {}

    /** Runs until the node is told to stop; ends the process with the exit code of contract section 1.5. */
    public static void main(String[] args) {
        ParentWatch.startIfAsked();
        if (args.length > 0 && SUBCOMMANDS.contains(args[0])) {
            System.exit(Subcommands.run(args));
        }
        System.exit(node(List.of(args)));
    }

    /** The name by which the program was called. */
    static String program() {
        return System.getProperty("tocsin.program", "tocsin");
    }

    private static int node(List<String> arguments) {
        FlagParser parser = new FlagParser(NodeFlags.all());
        return switch (parser.parse(arguments)) {
            case FlagParser.Result.Help() -> {
                System.out.print(parser.help(usage()));
                yield 0;
            }
            case FlagParser.Result.Version() -> {
                System.out.print(Version.ofThisJar().text());
                yield 0;
            }
            case FlagParser.Result.Refused(String why) -> {
                System.err.println(program() + ": error: " + why + ", try --help");
                yield 1;
            }
            case FlagParser.Result.Parsed(var values) -> {
                FlagValues flags = new FlagValues(values);
                Logging.configure(flags.text("log.level"), flags.text("log.format"));
                yield run(flags, LoggerFactory.getLogger(Main.class));
            }
        };
    }

    private static String usage() {
        return """
                usage: %1$s [<flags>]

                A node of a Tocsin hub; the flags are Alertmanager's.

                Subcommands (%1$s <subcommand> --help):
                  check-config FILE...   Tell whether configuration files are valid.
                  check-web-config FILE...
                                         Tell whether web configuration files are valid.
                  config diff NEW        Tell what a configuration would change.
                  explain ALERT          Tell why an alert was notified or not.
                  receivers test         Send a test notification.
                  template render        Print what a template renders to.
                  demo                   Play an outage on a hub of three nodes.""".formatted(program());
    }

    private static int run(FlagValues flags, Logger log) {
        Node node = new Node(flags);
        Signals signals = new Signals(node);
        try {
            node.start();
            signals.watchListeners();
        } catch (StartupException e) {
            var line = log.atError();
            if (!e.logged().isEmpty()) {
                line = line.addKeyValue("err", e.logged());
            }
            line.log(String.valueOf(e.getMessage()));
            node.close();
            return 1;
        }
        return signals.awaitEnd();
    }
}
