package dev.tocsin.app.demo;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs this program again, in a process of its own and with the same options of the JVM. */
final class JavaCommand {
    private static final String MAIN = "dev.tocsin.app.Main";

    private JavaCommand() {}

    /** The command for a node that ends with this process, with these flags. */
    static List<String> node(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("-X") || option.startsWith("--")) { // not agents: their ports are taken
                command.add(option);
            }
        }
        command.add("-D" + ParentWatch.PROPERTY + "=true");
        String classes = System.getProperty("java.class.path");
        if (classes.endsWith(".jar") && !classes.contains(File.pathSeparator)) {
            command.addAll(List.of("-jar", classes));
        } else {
            command.addAll(List.of("-cp", classes, MAIN));
        }
        command.addAll(flags);
        return List.copyOf(command);
    }
}
