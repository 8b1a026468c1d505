package dev.tocsin.core.pipeline;

import dev.tocsin.core.claim.ClaimAnswer;
import dev.tocsin.core.claim.ClaimRequest;
import dev.tocsin.core.claim.Claims;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.runtime.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Grants every claim and lets leases lapse when the test says so. */
final class ScriptedClaims implements Claims {
    final List<Grant.Release> releases = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    String doubt = "";

    @Nullable String successor;

    private Runnable lapsed = () -> {};

    void lapse() {
        Runnable now = lapsed;
        lapsed = () -> {};
        now.run();
    }

    @Override
    public Cancellable claim(ClaimRequest request, Consumer<ClaimAnswer> answer) {
        answer.accept(new ClaimAnswer.Granted(new Grant() {
            @Override
            public boolean maySend() {
                return true;
            }

            @Override
            public String doubt() {
                return doubt;
            }

            @Override
            public Cancellable onLapse(Runnable then) {
                lapsed = then;
                return () -> lapsed = () -> {};
            }

            @Override
            public void release(Release how) {
                releases.add(how);
                events.add("release " + how);
            }

            @Override
            public boolean hasSuccessor() {
                return successor != null;
            }

            @Override
            public @Nullable String handOver() {
                events.add("hand over");
                return successor;
            }
        }));
        return Cancellable.NONE;
    }
}
