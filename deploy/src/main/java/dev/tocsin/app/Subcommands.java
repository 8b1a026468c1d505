package dev.tocsin.app;

import dev.tocsin.app.command.CheckConfigCommand;
import dev.tocsin.app.command.CheckWebConfigCommand;
import dev.tocsin.app.command.ConfigCommand;
import dev.tocsin.app.command.ExplainCommand;
import dev.tocsin.app.command.ReceiversCommand;
import dev.tocsin.app.command.TemplateCommand;
import dev.tocsin.app.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The subcommands. Apart from {@link Main} so that a node never loads the command line library. */
@Command(
        name = "tocsin",
        description = "A clustered, highly available alert hub.",
        subcommands = {
            CheckConfigCommand.class,
            CheckWebConfigCommand.class,
            ConfigCommand.class,
            ExplainCommand.class,
            TemplateCommand.class,
            ReceiversCommand.class,
            DemoCommand.class,
            CommandLine.HelpCommand.class
        })
final class Subcommands {
    /** For the command line library. */
    Subcommands() {}

    static int run(String[] args) {
        return new CommandLine(new Subcommands())
                .setCommandName(Main.program())
                .setUsageHelpWidth(110)
                .execute(args);
    }
}
