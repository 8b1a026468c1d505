package dev.tocsin.core.journal.peer;

import dev.tocsin.core.ask.Answer;
import dev.tocsin.core.ask.Asks;
import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.journal.JournalReader;
import dev.tocsin.core.journal.proto.JournalAsk;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks the journals of all members, this node's own included, and answers what the others ask of it. Safe for all threads;
 * its own work is done on the hub loop, but for the reading and merging of journals, which is done on workers.
 */
public final class PeerJournals implements ClusterJournal {
    /** The question for a page. */
    static final String PAGE = "journal.page";

    private final JournalReader own;
    private final Asks asks;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final GrowthWatch growth;

    /** Answers the other nodes from now on. */
    public PeerJournals(JournalReader own, Asks asks, Clock clock, Scheduler loop, Workers workers) {
        this.own = own;
        this.asks = asks;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.growth = new GrowthWatch(own, asks, loop);
        asks.answer(PAGE, (member, content) -> submit(() -> answer(content)));
        asks.answer(GrowthAnswers.GROWTH, new GrowthAnswers(own, loop));
    }

    private byte[] answer(byte[] content) throws IOException {
        JournalAsk ask = JournalMessages.ask(content);
        int limit = Math.clamp(ask.getLimit(), 1, JournalReader.MAX_LIMIT);
        JournalCursor place = ask.hasOffset() ? JournalCursor.of(own.node(), ask.getOffset()) : JournalCursor.NONE;
        JournalFilter filter = JournalMessages.filter(ask);
        JournalPage page = ask.getForward() ? own.read(filter, place, limit) : own.query(filter, place, limit);
        return JournalMessages.answer(ask, page, own.node());
    }

    @Override
    public CompletionStage<JournalPage> query(
            JournalFilter filter, JournalCursor before, int limit, Duration patience) {
        return ask(false, filter, before, limit, patience);
    }

    @Override
    public CompletionStage<JournalPage> read(JournalFilter filter, JournalCursor from, int limit, Duration patience) {
        return ask(true, filter, from, limit, patience);
    }

    private CompletionStage<JournalPage> ask(
            boolean forward, JournalFilter filter, JournalCursor place, int limit, Duration patience) {
        JournalReader.checkLimit(limit);
        CompletableFuture<JournalPage> whole = new CompletableFuture<>();
        loop.execute(() -> new Round(forward, filter, place, limit, whole).begin(patience));
        return whole;
    }

    private <T> CompletionStage<T> submit(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        workers.submit(work, (done, failure) -> {
            if (done != null) {
                result.complete(done);
            } else {
                result.completeExceptionally(failure == null ? new IOException("no answer") : failure);
            }
        });
        return result;
    }

    @Override
    public Cancellable listen(Runnable grown) {
        return growth.listen(grown);
    }

    /** One question to all. Used on the hub loop only, but for the merging. */
    private final class Round {
        private final boolean forward;
        private final JournalFilter filter;
        private final JournalCursor place;
        private final int limit;
        private final CompletableFuture<JournalPage> whole;
        private final Map<String, JournalPage> pages = new TreeMap<>();
        private final Map<String, byte[]> unread = new TreeMap<>();
        private final Map<String, String> silent = new TreeMap<>();
        private int missing;

        Round(
                boolean forward,
                JournalFilter filter,
                JournalCursor place,
                int limit,
                CompletableFuture<JournalPage> whole) {
            this.forward = forward;
            this.filter = filter;
            this.place = place;
            this.limit = limit;
            this.whole = whole;
        }

        void begin(Duration patience) {
            SortedSet<String> members = asks.members();
            missing = members.size();
            for (String member : members) {
                if (member.equals(asks.self())) {
                    askOwn(patience);
                } else {
                    OptionalLong offset = place.at(member);
                    byte[] question = JournalMessages.ask(forward, filter(member), offset, limit);
                    asks.ask(member, PAGE, question, patience).thenAccept(answer -> heard(member, answer));
                }
            }
        }

        /** Of a node whose numbers were not known, what happened since a time is wanted. */
        private JournalFilter filter(String member) {
            Instant since = forward ? place.since(member) : null;
            if (since == null) {
                return filter;
            }
            Instant from = filter.from();
            return filter.between(from == null || from.isBefore(since) ? since : from, filter.until());
        }

        /** A disk that hangs does not keep back what the others say. */
        private void askOwn(Duration patience) {
            CompletableFuture<JournalPage> page = new CompletableFuture<>();
            Cancellable timer = loop.schedule(
                    patience, () -> page.completeExceptionally(new IOException("did not answer in time")));
            submit(() -> forward ? own.read(filter(own.node()), place, limit) : own.query(filter, place, limit))
                    .whenComplete((given, failure) -> {
                        timer.cancel();
                        if (given != null) {
                            page.complete(given);
                        } else {
                            page.completeExceptionally(failure);
                        }
                    });
            page.whenComplete((given, failure) -> {
                if (given != null) {
                    pages.put(own.node(), given);
                } else {
                    silent.put(asks.self(), String.valueOf(failure.getMessage()));
                }
                oneLess();
            });
        }

        private void heard(String member, Answer answer) {
            switch (answer) {
                case Answer.Given(byte[] content) -> unread.put(member, content);
                case Answer.Silent(String why) -> silent.put(member, why);
            }
            oneLess();
        }

        private void oneLess() {
            if (--missing == 0) {
                submit(this::join).whenComplete((page, failure) -> {
                    if (page != null) {
                        whole.complete(page);
                    } else {
                        whole.completeExceptionally(failure);
                    }
                });
            }
        }

        private JournalPage join() {
            unread.forEach((member, content) -> {
                try {
                    pages.put(member, JournalMessages.page(member, content));
                } catch (IOException e) {
                    silent.put(member, String.valueOf(e.getMessage()));
                }
            });
            return new PageMerge(forward, limit, place, pages).join(silent, clock.now());
        }
    }
}
