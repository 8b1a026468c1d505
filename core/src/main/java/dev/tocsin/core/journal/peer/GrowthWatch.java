package dev.tocsin.core.journal.peer;

import dev.tocsin.core.ask.Answer;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.journal.JournalReader;
import dev.tocsin.core.journal.proto.JournalGrowthAnswer;
import dev.tocsin.core.journal.proto.JournalGrowthAsk;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes listeners when a journal of the cluster grows. As long as there are any, one question is open at each other
 * member; it is answered when there is something. Used on the hub loop only, but for {@link #listen}.
 */
final class GrowthWatch {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    /** Members come and go; those that are silent are asked again. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Events come in bursts: a member is asked again this long after its answer. */
    private static final Duration PACE = Duration.ofMillis(20);

    private final JournalReader own;
    private final Asks asks;
    private final Scheduler loop;
    private final List<Runnable> listeners = new ArrayList<>();
    private final Map<String, Long> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private Cancellable listening = Cancellable.NONE;
    private Cancellable looking = Cancellable.NONE;

    GrowthWatch(JournalReader own, Asks asks, Scheduler loop) {
        this.own = own;
        this.asks = asks;
        this.loop = loop;
    }

    Cancellable listen(Runnable grown) {
        // each call is a listener of its own, also of the same task
        Runnable listener = () -> grown.run();
        loop.execute(() -> {
            listeners.add(listener);
            if (listeners.size() == 1) {
                begin();
            }
        });
        return () -> loop.execute(() -> {
            if (listeners.remove(listener) && listeners.isEmpty()) {
                listening.cancel();
                looking.cancel();
            }
        });
    }

    private void begin() {
        listening = own.listen(() -> {
            if (woken.compareAndSet(false, true)) {
                loop.execute(() -> {
                    woken.set(false);
                    tell();
                });
            }
        });
        look();
    }

    private void tell() {
        for (Runnable listener : List.copyOf(listeners)) {
            listener.run();
        }
    }

    private void look() {
        for (String member : asks.members()) {
            if (!member.equals(asks.self()) && !open.contains(member)) {
                ask(member);
            }
        }
        looking = loop.schedule(LOOK, this::look);
    }

    private void ask(String member) {
        open.add(member);
        // of a member that was not heard yet only the end is asked: what is before it, a first read tells
        long next = known.getOrDefault(member, 0L);
        byte[] question = JournalGrowthAsk.newBuilder()
                .setNext(next)
                .setWaitMs((int) WAIT.toMillis())
                .build()
                .toByteArray();
        asks.ask(member, GrowthAnswers.GROWTH, question, PATIENCE).thenAccept(answer -> heard(member, answer));
    }

    private void heard(String member, Answer answer) {
        long next = switch (answer) {
            case Answer.Given(byte[] content) -> next(content);
            case Answer.Silent silent -> -1;
        };
        if (next < 0 || listeners.isEmpty()) {
            open.remove(member);
            return;
        }
        Long before = known.put(member, next);
        if (before == null || before != next) {
            tell();
        }
        loop.schedule(PACE, () -> {
            if (listeners.isEmpty()) {
                open.remove(member);
            } else {
                ask(member);
            }
        });
    }

    private static long next(byte[] content) {
        try {
            return JournalGrowthAnswer.parseFrom(content).getNext();
        } catch (IOException e) {
            return -1;
        }
    }
}
