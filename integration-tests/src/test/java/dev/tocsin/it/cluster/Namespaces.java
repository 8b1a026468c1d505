package dev.tocsin.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * One network namespace a node: a cable to a bridge that only the nodes share, which can be pulled, and another one to
 * the host, over which senders and the receiver are reached. Needs root and a kernel that allows it; the names carry
 * the process id, so that two runs do not meet.
 */
final class Namespaces implements Place.Divisible {
    private final String name = "t" + ProcessHandle.current().pid() % 100_000;
    private final int size;
    private final int net;

    /** Makes them; the test is skipped, visibly, if the kernel refuses. */
    Namespaces(int size) {
        this.size = size;
        this.net = (int) (ProcessHandle.current().pid() % 200) + 20;
        List<String> errors = new ArrayList<>();
        ip(errors, "link add " + name + "b type bridge");
        ip(errors, "link set " + name + "b up");
        for (int node = 0; node < size; node++) {
            String space = space(node);
            ip(errors, "netns add " + space);
            ip(errors, "link add " + name + "c" + node + " type veth peer name cluster netns " + space);
            ip(errors, "link set " + name + "c" + node + " master " + name + "b up");
            ip(errors, "link add " + name + "h" + node + " type veth peer name host netns " + space);
            ip(errors, "addr add " + receiverHost(node) + "/24 dev " + name + "h" + node);
            ip(errors, "link set " + name + "h" + node + " up");
            ip(errors, "-n " + space + " addr add " + clusterHost(node) + "/24 dev cluster");
            ip(errors, "-n " + space + " addr add " + webHost(node) + "/24 dev host");
            ip(errors, "-n " + space + " link set cluster up");
            ip(errors, "-n " + space + " link set host up");
            ip(errors, "-n " + space + " link set lo up");
        }
        if (!errors.isEmpty()) {
            close();
            Assumptions.abort("no network namespaces here: " + errors.getFirst());
        }
    }

    private String space(int node) {
        return name + "n" + node;
    }

    /** Pulls the node's cable to the others: packets vanish, nothing is refused. */
    @Override
    public void cut(int node) {
        List<String> errors = new ArrayList<>();
        ip(errors, "link set " + name + "c" + node + " down");
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.toString());
        }
    }

    /** Plugs it in again. */
    @Override
    public void heal(int node) {
        List<String> errors = new ArrayList<>();
        ip(errors, "link set " + name + "c" + node + " up");
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.toString());
        }
    }

    private static void ip(List<String> errors, String arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ", -1)));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                errors.add("ip " + arguments + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> prefix(int node) {
        return List.of("ip", "netns", "exec", space(node));
    }

    @Override
    public String webHost(int node) {
        return "10." + net + "." + (node + 1) + ".2";
    }

    @Override
    public String clusterHost(int node) {
        return "10." + net + ".100." + (node + 1);
    }

    @Override
    public String receiverHost(int node) {
        return "10." + net + "." + (node + 1) + ".1";
    }

    @Override
    public void close() {
        List<String> ignored = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            ip(ignored, "netns del " + space(node));
        }
        ip(ignored, "link del " + name + "b");
    }
}
