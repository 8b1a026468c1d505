package dev.tocsin.it.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A child process whose lines are kept. Standard output and error are read by two threads; the list of lines is guarded
 * by itself. {@link #close()} always ends the process.
 */
public final class ServerProcess implements AutoCloseable {
    private static final int MAX_LINES = 200_000;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder output = new StringBuilder();
    private final Thread outputReader;
    private final Thread errorReader;

    private ServerProcess(Process process) {
        this.process = process;
        this.errorReader = Thread.ofVirtual().start(this::readErrors);
        this.outputReader = Thread.ofVirtual().start(this::readOutput);
    }

    /** Starts {@code command} in {@code folder} with more environment. */
    public static ServerProcess start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new ServerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readErrors() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                synchronized (lines) {
                    if (lines.size() < MAX_LINES) {
                        lines.add(line);
                    }
                    lines.notifyAll();
                }
                line = reader.readLine();
            }
        } catch (IOException e) {
            // the process was killed: what was read stays
        }
    }

    private void readOutput() {
        try (InputStreamReader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            char[] buffer = new char[4096];
            int read = reader.read(buffer);
            while (read >= 0) {
                synchronized (output) {
                    output.append(buffer, 0, read);
                }
                read = reader.read(buffer);
            }
        } catch (IOException e) {
            // the process was killed: what was read stays
        }
    }

    /** The first line of standard error, present or to come, that {@code wanted} accepts. */
    public String awaitLine(Predicate<String> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lines) {
            int seen = 0;
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.test(lines.get(seen))) {
                        return lines.get(seen);
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || (!process.isAlive() && !errorReader.isAlive())) {
                    throw new AssertionError("no such line (alive: " + process.isAlive() + "):\n" + errors());
                }
                try {
                    lines.wait(Math.min(200, left / 1_000_000 + 1));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Standard error until now. */
    public String errors() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Standard output until now. */
    public String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    /** Sends SIGTERM. {@link Process#destroy()} would also close the pipes and lose the last lines. */
    public void terminate() {
        signal("TERM");
    }

    /** Sends SIGKILL and waits for the end. */
    public void killNine() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Sends a signal by name, such as {@code HUP} or {@code STOP}. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end and for the last lines; returns the exit code. */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience + ":\n" + errors());
            }
            errorReader.join(Duration.ofSeconds(5));
            outputReader.join(Duration.ofSeconds(5));
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** User and system CPU time spent so far, or null if the system does not tell. */
    public @Nullable Duration cpu() {
        return process.info().totalCpuDuration().orElse(null);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
