package dev.tocsin.it.support;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where things lie in the checkout that is tested. */
public final class Checkout {
    private Checkout() {}

    /** The top folder. */
    public static Path top() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("integration-tests"))) {
            Path parent = here.getParent();
            if (parent == null) {
                throw new IllegalStateException("the tests must run inside the checkout");
            }
            here = parent;
        }
        return here;
    }

    /** The runnable jar. */
    public static Path jar() {
        Path jar = top().resolve("deploy/target/tocsin.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("build first: there is no " + jar);
        }
        return jar;
    }

    /** The launcher script. */
    public static Path launcher() {
        return top().resolve("deploy/bin/tocsin");
    }

    /**
     * A real program that {@code deploy/bin/peers} fetches; the test is skipped, visibly, if it could not be fetched.
     *
     * @param suite {@code stable} or {@code newest}
     */
    public static Path peer(String suite, String program) {
        return peerFile(suite, "usr/bin/" + program);
    }

    /** As {@link #peer}, for a file or folder by its path, which does not begin with a slash. */
    public static Path peerFile(String suite, String file) {
        Path path = top().resolve("integration-tests/.peers").resolve(suite).resolve(file);
        Assumptions.assumeTrue(
                Files.isExecutable(path),
                "deploy/bin/peers could not fetch " + path.getFileName() + " (" + suite + ")");
        return path;
    }
}
