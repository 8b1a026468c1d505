package dev.tocsin.app.command;

import picocli.CommandLine.Command;

/** {@code tocsin config}: questions about configurations. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Compare configurations.",
        subcommands = ConfigDiffCommand.class)
public final class ConfigCommand {
    /** For the command line library. */
    public ConfigCommand() {}
}
