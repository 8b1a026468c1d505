package dev.tocsin.api.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What the process takes from the machine: the {@code process_*} families that every Prometheus client has. They are asked
 * for at each scrape.
 */
public final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path NETWORK = Path.of("/proc/self/net/netstat");
    private static final double NO_LIMIT = 0x1p64;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final Metrics metrics;

    /** Does nothing before {@link #register}. */
    public ProcessMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Adds the families. Called once. */
    public void register() {
        double started = ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS;
        gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.", () -> started);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            CounterFamily.Child cpu = metrics.counter(
                            "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")
                    .labels();
            metrics.onCollect(() -> catchUp(cpu, system.getProcessCpuTime() / NANOS));
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            gauge("process_open_fds", "Number of open file descriptors.", unix::getOpenFileDescriptorCount);
            gauge("process_max_fds", "Maximum number of open file descriptors.", unix::getMaxFileDescriptorCount);
        }
        if (Files.isReadable(STATUS)) {
            memory();
        }
        if (Files.isReadable(LIMITS)) {
            double most = addressSpace();
            gauge(
                    "process_virtual_memory_max_bytes",
                    "Maximum amount of virtual memory available in bytes.",
                    () -> most);
        }
        if (Files.isReadable(NETWORK)) {
            network();
        }
    }

    /** As a client in Go shows it: no limit is the largest number. */
    private static double addressSpace() {
        try {
            for (String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith("Max address space")) {
                    String soft =
                            line.substring("Max address space".length()).trim().split(" +", 2)[0];
                    return soft.equals("unlimited") ? NO_LIMIT : Double.parseDouble(soft);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // as if there were no limit
        }
        return NO_LIMIT;
    }

    private void network() {
        CounterFamily.Child received = metrics.counter(
                        "process_network_receive_bytes_total",
                        "Number of bytes received by the process over the network.")
                .labels();
        CounterFamily.Child sent = metrics.counter(
                        "process_network_transmit_bytes_total", "Number of bytes sent by the process over the network.")
                .labels();
        metrics.onCollect(() -> {
            try {
                List<String> lines = Files.readAllLines(NETWORK);
                for (int i = 0; i + 1 < lines.size(); i += 2) {
                    if (lines.get(i).startsWith("IpExt:")) {
                        List<String> names = List.of(lines.get(i).split(" ", -1));
                        String[] values = lines.get(i + 1).split(" ", -1);
                        catchUp(received, Double.parseDouble(values[names.indexOf("InOctets")]));
                        catchUp(sent, Double.parseDouble(values[names.indexOf("OutOctets")]));
                    }
                }
            } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
                // a scrape must not fail for this; the last values stay
            }
        });
    }

    private void memory() {
        GaugeFamily.Child resident = metrics.gauge("process_resident_memory_bytes", "Resident memory size in bytes.")
                .labels();
        GaugeFamily.Child virtual = metrics.gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.")
                .labels();
        metrics.onCollect(() -> {
            try {
                for (String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith("VmRSS:")) {
                        resident.set(bytes(line));
                    } else if (line.startsWith("VmSize:")) {
                        virtual.set(bytes(line));
                    }
                }
            } catch (IOException e) {
                // a scrape must not fail for this; the last values stay
            }
        });
    }

    /** The bytes in a line such as {@code VmRSS:  1234 kB}. */
    private static double bytes(String line) {
        double kibibytes = 0;
        for (int i = 0; i < line.length(); i++) {
            int digit = Character.digit(line.charAt(i), 10);
            if (digit >= 0) {
                kibibytes = kibibytes * 10 + digit;
            }
        }
        return kibibytes * 1024;
    }

    private void gauge(String name, String help, DoubleSupplier source) {
        metrics.gauge(name, help).labels().set(source);
    }

    /** Lets a counter of ours follow one that is kept elsewhere. Two scrapes at once must not both add the rest. */
    private synchronized void catchUp(CounterFamily.Child counter, double total) {
        double missing = total - counter.value();
        if (missing > 0) {
            counter.add(missing);
        }
    }
}
