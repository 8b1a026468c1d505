package dev.tocsin.it.sim.world;

import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Request.Ending;
import java.util.Map;
import java.util.function.Consumer;

/** Somebody who is notified, in one mood or another. */
final class Receiver {
    private final SimTime time;
    private final Dice dice;
    private final History history;
    private final Consumer<Request> accepted;
    private Mood mood = Mood.GOOD;

    /** @param accepted hears of each request that it acts on, at that instant */
    Receiver(SimTime time, Dice dice, History history, Consumer<Request> accepted) {
        this.time = time;
        this.dice = dice;
        this.history = history;
        this.accepted = accepted;
    }

    void mood(Mood next) {
        mood = next;
    }

    Mood mood() {
        return mood;
    }

    /**
     * A request that is about to be sent.
     *
     * @param sender the loop of the process that sends: an answer is read when it runs, if it does
     * @param egressBroken whether its sender cannot reach any receiver
     */
    Exchange exchange(Request request, LifeLoop sender, boolean egressBroken) {
        return new Exchange(request, sender, egressBroken);
    }

    /** One request and its answer. */
    final class Exchange implements LifeWorkers.Awaited {
        private final Request request;
        private final LifeLoop sender;
        private final boolean egressBroken;
        private boolean closed;

        private Exchange(Request request, LifeLoop sender, boolean egressBroken) {
            this.request = request;
            this.sender = sender;
            this.egressBroken = egressBroken;
        }

        @Override
        public void begin(Consumer<Object> answered) {
            history.add(new Happening.Sent(time.now(), request));
            if (egressBroken) {
                time.in(dice.millis(1, 50), () -> end(Ending.UNREACHABLE, unreachable("no route to host"), answered));
                return;
            }
            long there = dice.millis(0.3, 3);
            time.in(there, () -> arrive(answered));
        }

        private void arrive(Consumer<Object> answered) {
            if (closed && dice.chance(0.5)) {
                return;
            }
            long back = dice.millis(0.3, 10);
            switch (mood) {
                case GOOD -> accept(back, answered);
                case REFUSES -> time.in(back, () -> end(Ending.REFUSED, refused(), answered));
                case DOWN -> time.in(back, () -> end(Ending.UNREACHABLE, unreachable("connection refused"), answered));
                case HANGS -> {}
                case LATE -> accept(back + dice.millis(500, 8_000), answered);
                case SLOW ->
                    time.in(dice.millis(500, 8_000), () -> {
                        if (!closed || dice.chance(0.5)) {
                            accept(back, answered);
                        }
                    });
                case MUTE -> {
                    request.ignore();
                    act();
                }
                case DIES_AFTER -> {
                    act();
                    time.in(back, () -> end(Ending.UNANSWERED, reset(), answered));
                }
                case DIES_FOR_GOOD -> {
                    act();
                    mood = Mood.DOWN;
                    time.in(back, () -> end(Ending.UNANSWERED, reset(), answered));
                }
                case DIES_BEFORE -> time.in(back, () -> end(Ending.UNANSWERED, reset(), answered));
            }
        }

        private void accept(long answerIn, Consumer<Object> answered) {
            act();
            time.in(answerIn, () -> end(Ending.DELIVERED, new Outcome.Delivered("200", Map.of()), answered));
        }

        private void act() {
            request.accept(time.now());
            history.add(new Happening.Accepted(time.now(), request));
            accepted.accept(request);
        }

        private void end(Ending how, Outcome outcome, Consumer<Object> answered) {
            sender.arrive(() -> {
                if (!closed) {
                    closed = true;
                    request.end(time.now(), how);
                    history.add(new Happening.Ended(time.now(), request));
                    answered.accept(outcome);
                }
            });
        }

        @Override
        public void interrupt() {
            if (!closed) {
                closed = true;
                request.end(time.now(), Ending.CLOSED);
                history.add(new Happening.Ended(time.now(), request));
            }
        }
    }

    private static Outcome refused() {
        return new Outcome.Retryable(FailureReason.SERVER_ERROR, "unexpected status code 500", false, false);
    }

    private static Outcome unreachable(String why) {
        return new Outcome.Retryable(FailureReason.OTHER, why, false, true);
    }

    private static Outcome reset() {
        return new Outcome.Retryable(FailureReason.OTHER, "connection reset", true, false);
    }
}
