package dev.tocsin.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that cannot trust its own memory any more. Nothing is put in order: a node that dies is what the others
 * are made for, and one that goes on with half a change is not.
 */
final class Halt {
    private static final Logger LOG = LoggerFactory.getLogger(Halt.class);

    /** As the JVM itself exits when it is told to do so for lack of memory. */
    private static final int EXIT_CODE = 3;

    private Halt() {}

    /** Does not return. */
    static void halt(VirtualMachineError cause) {
        try {
            LOG.atError().setCause(cause).log("The hub cannot go on; the process ends for others to take over");
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
