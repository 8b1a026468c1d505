package dev.tocsin.it.support;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a node that was told to take any port listens for gRPC. */
public final class GrpcAddress {
    private static final Pattern LINE = Pattern.compile("component=grpc address=127\\.0\\.0\\.1:(\\d+)");

    private GrpcAddress() {}

    /** The port, from the node's log. */
    public static int port(Node node) {
        String line = node.process().awaitLine(text -> LINE.matcher(text).find(), Duration.ofSeconds(60));
        Matcher found = LINE.matcher(line);
        if (!found.find()) {
            throw new IllegalStateException(line);
        }
        return Integer.parseInt(found.group(1));
    }
}
