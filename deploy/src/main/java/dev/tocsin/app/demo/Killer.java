package dev.tocsin.app.demo;

import dev.tocsin.app.StartupException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Kills the node that is about to page, half a second before it would, and tells who took over. The story's thread asks
 * whether a page that is due shall be such a one; any thread may wish it.
 */
final class Killer implements Story.Turning {
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DOWN = Duration.ofSeconds(3);
    /** A node that has just started lends its voice to no claim; the others should not need it. */
    private static final Duration STEADY = Duration.ofSeconds(6);

    private final NodeProcesses nodes;
    private final Pager pager;
    private final Screen screen;
    private final BlockingQueue<Boolean> wishes = new ArrayBlockingQueue<>(1);
    private volatile long allReadySince = System.nanoTime();
    private volatile boolean complete = true;

    /** All nodes must be ready. */
    Killer(NodeProcesses nodes, Pager pager, Screen screen) {
        this.nodes = nodes;
        this.pager = pager;
        this.screen = screen;
    }

    /** Somebody wants to see it at the next page for which it can be done. One wish waits at most. */
    void wish() {
        if (wishes.offer(true)) {
            screen.tell("Noted: the node that is about to send a coming page will be killed before it does.");
        }
    }

    /** Waits for a wish, and until it can be granted; it is not taken away. */
    void awaitWish() throws InterruptedException {
        while (wishes.isEmpty() || !steady()) {
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private boolean steady() {
        return complete && System.nanoTime() - allReadySince >= STEADY.toNanos();
    }

    @Override
    public void due(String groupKey, Duration in) throws InterruptedException {
        if (steady() && wishes.poll() != null) {
            strike(groupKey, in);
        }
    }

    private void strike(String groupKey, Duration in) throws InterruptedException {
        long due = System.nanoTime() + in.toNanos();
        int before = pager.pages();
        NodeProcess victim = nodes.first(groupKey);
        screen.tell("It is the turn of " + victim.name() + " to page this.");
        Thread.sleep(in.minus(BEFORE));
        complete = false;
        long pid = victim.pid();
        long killed = System.nanoTime();
        victim.kill();
        screen.tell("kill -9 " + pid + ": " + victim.name() + " is dead, half a second before its page is due.");
        Optional<Pager.Page> page = pager.await(before, PATIENCE);
        if (page.isEmpty()) {
            screen.tell("No page came in " + PATIENCE.toSeconds() + " s. This must not happen.");
        } else if (page.get().sender().equals(victim.name())) {
            screen.tell(victim.name() + " was faster than the kill.");
        } else {
            screen.tell(page.get().sender() + " took over: its page came "
                    + seconds(page.get().nanos() - killed) + " s after the kill, "
                    + seconds(page.get().nanos() - due) + " s after it was due.");
        }
        Thread.ofVirtual().start(() -> revive(victim));
    }

    private static String seconds(long nanos) {
        long hundredths = Math.max(0, Math.round(nanos / 1e7));
        return hundredths / 100 + "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100;
    }

    private void revive(NodeProcess victim) {
        try {
            Thread.sleep(DOWN);
            if (!victim.start()) {
                return;
            }
            nodes.awaitReady(victim);
            screen.tell(victim.name() + " was started again on what is left of it, and is ready. Its groups are its own"
                    + " again.");
            allReadySince = System.nanoTime();
            complete = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | StartupException e) {
            if (!victim.closed()) {
                screen.tell(victim.name() + " could not be started again: " + e.getMessage());
            }
        }
    }
}
