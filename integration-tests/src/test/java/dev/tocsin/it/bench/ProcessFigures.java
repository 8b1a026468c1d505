package dev.tocsin.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Linux knows of a process. */
public final class ProcessFigures {
    private static final double TICKS_PER_SECOND = 100;

    private ProcessFigures() {}

    /** User and system CPU time in milliseconds, to 10 ms. */
    public static double cpuMillis(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS_PER_SECOND;
    }

    /**
     * CPU time of each thread that runs, in milliseconds, by what the thread is called up to its number; the time of threads
     * that have ended is not in it.
     */
    public static Map<String, Double> threadMillis(long pid) {
        Map<String, Double> all = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                try {
                    String name = Files.readString(task.resolve("comm")).strip().replaceAll("[-0-9# ]*$", "");
                    String[] fields =
                            Files.readString(task.resolve("schedstat")).split(" ", -1);
                    all.merge(name, Long.parseLong(fields[0]) / 1e6, Double::sum);
                } catch (NoSuchFileException e) {
                    // it has ended meanwhile
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Resident memory in MiB. */
    public static double rssMib(long pid) {
        return status(pid, "VmRSS:") / 1024;
    }

    /** How many threads the system knows. */
    public static double threads(long pid) {
        return status(pid, "Threads:");
    }

    private static double status(long pid, String field) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
