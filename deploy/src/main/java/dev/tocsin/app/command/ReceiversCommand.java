package dev.tocsin.app.command;

import picocli.CommandLine.Command;

/** {@code tocsin receivers}: what can be done with receivers. */
@Command(
        name = "receivers",
        mixinStandardHelpOptions = true,
        description = "Work with the receivers of a configuration.",
        subcommands = ReceiversTestCommand.class)
public final class ReceiversCommand {
    /** For the command line library. */
    public ReceiversCommand() {}
}
