package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.Slash;
import dev.tocsin.core.template.html.Context.UrlPart;
import org.jspecify.annotations.Nullable;

/** Two ways to one place. Stateless. */
final class Joining {
    private Joining() {}

    /** Where a document is that came one way or the other; null if they do not lead to one place. */
    static @Nullable Context join(Context a, Context b) {
        if (a.state() == State.DEAD) {
            return b;
        }
        if (b.state() == State.DEAD || a.equals(b)) {
            return a;
        }
        if (a.with(b.part()).equals(b)) {
            return a.with(UrlPart.UNKNOWN);
        }
        if (a.with(b.slash()).equals(b)) {
            return a.with(Slash.UNKNOWN);
        }
        Context nudgedA = a.nudged();
        Context nudgedB = b.nudged();
        return nudgedA.equals(a) && nudgedB.equals(b) ? null : join(nudgedA, nudgedB);
    }
}
