package dev.tocsin.core.notify;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Warns of the failed attempts of one delivery that will be repeated. A receiver that is down for an hour is told of once:
 * only an error whose text differs from the one before it is news. Used on the hub loop only.
 */
final class RetryWarning {
    private final Logger log;
    private final Target target;
    private final String groupKey;
    private @Nullable String last;

    RetryWarning(Logger log, Target target, String groupKey) {
        this.log = log;
        this.target = target;
        this.groupKey = groupKey;
    }

    /** @param attempts how many there were, this one included */
    void failed(int attempts, String error) {
        if (error.equals(last)) {
            return;
        }
        last = error;
        log.atWarn()
                .addKeyValue("component", "dispatcher")
                .addKeyValue("receiver", target.receiver())
                .addKeyValue("integration", target.name())
                .addKeyValue("aggrGroup", groupKey)
                .addKeyValue("attempts", attempts)
                .addKeyValue("err", error)
                .log("Notify attempt failed, will retry later");
    }
}
