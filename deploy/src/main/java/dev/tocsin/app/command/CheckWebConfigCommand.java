package dev.tocsin.app.command;

import dev.tocsin.api.web.WebConfigException;
import dev.tocsin.api.web.WebSecurity;
import dev.tocsin.app.runtime.SystemClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tocsin check-web-config FILE...}: as {@code promtool check web-config}. */
@Command(
        name = "check-web-config",
        mixinStandardHelpOptions = true,
        description = "Tell whether web configuration files are valid and the certificates they name can be used.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every file is accepted", "1:a file is refused"})
public final class CheckWebConfigCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Web configuration files.")
    private List<Path> files = List.of();

    /** For the command line library. */
    public CheckWebConfigCommand() {}

    @Override
    public Integer call() {
        int exit = 0;
        for (Path file : files) {
            try {
                WebSecurity.check(file, System.getenv(), new SystemClock());
                System.out.println(file + " SUCCESS");
            } catch (WebConfigException e) {
                System.err.println(file + " FAILED: " + e.getMessage());
                exit = 1;
            }
        }
        return exit;
    }
}
