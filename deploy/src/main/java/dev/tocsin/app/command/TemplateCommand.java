package dev.tocsin.app.command;

import picocli.CommandLine.Command;

/** {@code tocsin template}: what can be done with templates. */
@Command(
        name = "template",
        mixinStandardHelpOptions = true,
        description = "Work with notification templates.",
        subcommands = TemplateRenderCommand.class)
public final class TemplateCommand {
    /** For the command line library. */
    public TemplateCommand() {}
}
