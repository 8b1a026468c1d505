package dev.tocsin.core.pipeline;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.FlushResult;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.mute.MutedFlush;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Waits for all integrations of a flush and gives the group its answer. A group that is due again is answered as soon as one
 * of them is free for its news: it does not wait for the slowest. Used on the hub loop only.
 */
final class FlushProgress {
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    private final GroupFlush group;
    private final MutedFlush muted;
    private final Consumer<FlushResult> done;
    private final List<String> errors = new ArrayList<>();
    private int integrations;
    private int outstanding;
    private boolean dueAgain;
    private boolean answered;
    private boolean cancelled;

    FlushProgress(GroupFlush group, MutedFlush muted, Consumer<FlushResult> done) {
        this.group = group;
        this.muted = muted;
        this.done = done;
    }

    /** Expects {@code expected} calls of {@link #ended}; answers at once if that is none. */
    void begin(int expected, boolean ok) {
        integrations = expected;
        outstanding = expected;
        if (expected == 0) {
            answer(ok);
        }
    }

    void cancelled() {
        cancelled = true;
    }

    /** The group has news for the integrations that are free. */
    void dueAgain() {
        dueAgain = true;
        answerEarly();
    }

    /** Whether the group waits no more. */
    boolean answered() {
        return answered;
    }

    private void answerEarly() {
        if (dueAgain && outstanding > 0 && outstanding < integrations) {
            answer(false);
        }
    }

    /** @param error null if the integration has told what it had to tell, which may be nothing */
    void ended(@Nullable String error) {
        if (error != null) {
            errors.add(error);
        }
        outstanding--;
        if (outstanding == 0) {
            if (!errors.isEmpty()) {
                report();
            }
            answer(errors.isEmpty());
        } else {
            answerEarly();
        }
    }

    private void report() {
        log.atLevel(cancelled ? Level.DEBUG : Level.ERROR)
                .addKeyValue("component", "dispatcher")
                .addKeyValue("aggrGroup", group.groupKey())
                .addKeyValue("num_alerts", group.alerts().size())
                .addKeyValue("err", String.join("\n", errors))
                .log("Notify for alerts failed");
    }

    private void answer(boolean ok) {
        if (answered) {
            return;
        }
        answered = true;
        List<Alert> suppressed = new ArrayList<>();
        for (MutedFlush.Muted one : muted.muted()) {
            switch (one.verdict()) {
                case MuteVerdict.Inhibited inhibited -> suppressed.add(one.alert());
                case MuteVerdict.Silenced silenced -> suppressed.add(one.alert());
                case MuteVerdict.NotMuted notMuted -> {}
                case MuteVerdict.OutsideActiveIntervals outside -> {}
                case MuteVerdict.InsideMuteIntervals inside -> {}
            }
        }
        done.accept(new FlushResult(ok, muted.mutedBy(), suppressed));
    }
}
