package dev.tocsin.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.fixture.RecordingLogger;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import org.junit.jupiter.api.Test;

class RetryWarningTest {
    private final VirtualTime time = new VirtualTime();
    private final RecordingLogger log = new RecordingLogger();
    private final RetryWarning warning = new RetryWarning(
            log, new Target("team", "webhook", 1, true, new ScriptedNotifier(time, new VirtualWorkers(time))), "{}:{}");

    private static String line(int attempts, String error) {
        return "WARN Notify attempt failed, will retry later component=dispatcher receiver=team integration=webhook[1]"
                + " aggrGroup={}:{} attempts=" + attempts + " err=" + error;
    }

    @Test
    void theFirstFailureIsTold() {
        warning.failed(1, "refused");
        assertThat(log.lines()).containsExactly(line(1, "refused"));
    }

    @Test
    void theSameTextIsToldOnceUntilAnotherOneComesBetween() {
        warning.failed(1, "refused");
        warning.failed(2, "refused");
        warning.failed(3, "status 500");
        warning.failed(4, "status 500");
        warning.failed(5, "refused");
        assertThat(log.lines()).containsExactly(line(1, "refused"), line(3, "status 500"), line(5, "refused"));
    }
}
