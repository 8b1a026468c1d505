package dev.tocsin.app.command;

import dev.tocsin.app.runtime.SystemClock;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.template.ExecutionLimits;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateLoader;
import dev.tocsin.notifiers.Integrations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tocsin check-config FILE...}: reads configuration files as a node would and says what is wrong with them. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = "Tell whether configuration files are valid, and run their templates with sample alerts.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every file is accepted", "1:a file is refused"})
public final class CheckConfigCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Configuration files.")
    private List<Path> files = List.of();

    @Option(
            names = "--matchers",
            defaultValue = "FALLBACK",
            description = "The grammar of matchers, as the node's features choose it: ${COMPLETION-CANDIDATES}.")
    private MatcherMode mode = MatcherMode.FALLBACK;

    /** For the command line library. */
    public CheckConfigCommand() {}

    @Override
    public Integer call() {
        PrintStream out = System.out;
        ConfigLoader loader = new ConfigLoader(Integrations.kinds(), new MatcherParser(mode), ZoneId.systemDefault());
        int refused = 0;
        for (Path file : files) {
            out.print("Checking '" + file + "'");
            refused += check(out, loader, file) ? 0 : 1;
            out.println();
        }
        if (refused > 0) {
            System.err.println("tocsin: error: failed to validate " + refused + " file(s)");
            return 1;
        }
        return 0;
    }

    /** Whether the file is accepted. */
    private static boolean check(PrintStream out, ConfigLoader loader, Path file) {
        switch (loader.load(file)) {
            case ConfigResult.Loaded(Config config, long hash, List<String> warnings) -> {
                try {
                    TemplateCheck templates = checkTemplates(config, file);
                    if (!templates.errors().isEmpty()) {
                        out.println("  FAILED: " + String.join("\n", templates.errors()));
                        return false;
                    }
                    out.println("  SUCCESS");
                    summarise(out, config);
                    warnings.forEach(warning -> out.println("Warning: " + warning));
                    templates.warnings().forEach(warning -> out.println("Warning: " + warning));
                    return true;
                } catch (TemplateException e) {
                    out.println("  FAILED: failed to parse templates: " + e.getMessage());
                } catch (IOException e) {
                    out.println("  FAILED: read " + file + ": " + e.getMessage());
                }
            }
            case ConfigResult.Refused problem -> out.println("  FAILED: " + problem.describe());
        }
        return false;
    }

    private static TemplateCheck checkTemplates(Config config, Path file) throws TemplateException, IOException {
        TemplateLoader loader =
                new TemplateLoader(new SystemClock(), ZoneId.systemDefault(), ExecutionLimits.NOTIFICATION);
        TemplateCheck check = new TemplateCheck(file.toString(), loader.load(config.templates()));
        String text = Files.readString(file, StandardCharsets.UTF_8);
        check.run(text.startsWith("\ufeff") ? text.substring(1) : text);
        return check;
    }

    private static void summarise(PrintStream out, Config config) {
        out.println("Found:");
        out.println(" - global config");
        out.println(" - route");
        out.println(" - " + config.inhibitRules().size() + " inhibit rules");
        out.println(" - " + config.receivers().size() + " receivers");
        out.println(" - " + config.templates().size() + " templates");
    }
}
