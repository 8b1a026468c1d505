package dev.tocsin.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds ports of loopback that nobody uses. They lie below those that systems give to outgoing connections, so that none of
 * these takes a node's port before it starts or while it is down.
 */
final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int AFTER_LAST = 32_000;
    private static final int TRIES = 1_000;

    private FreePorts() {}

    /**
     * {@code count} different ports that were free a moment ago.
     *
     * @param taken others than these
     * @throws IOException if too few are free
     */
    static List<Integer> find(int count, List<Integer> taken, RandomGenerator random) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int tries = 0; ports.size() < count; tries++) {
            int port = random.nextInt(FIRST, AFTER_LAST);
            if (!ports.contains(port) && !taken.contains(port) && isFree(port)) {
                ports.add(port);
            } else if (tries == TRIES) {
                throw new IOException("no free ports from " + FIRST + " to " + AFTER_LAST);
            }
        }
        return List.copyOf(ports);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
