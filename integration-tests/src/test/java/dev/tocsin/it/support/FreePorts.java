package dev.tocsin.it.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine on which nobody listens. They lie below those that Linux gives to outgoing connections: between
 * the choice and the start of a server, and while a server is down, no connection takes its port.
 */
public final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int AFTER_LAST = 32_000;

    private FreePorts() {}

    /** One port. */
    public static int one() {
        return some(1).getFirst();
    }

    /** As many different ports. */
    public static List<Integer> some(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
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
