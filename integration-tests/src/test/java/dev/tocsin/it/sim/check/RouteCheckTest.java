package dev.tocsin.it.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.world.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteCheckTest {
    private static List<Violation> told(String receiver) {
        History history = new History();
        Request.Content content = new Request.Content("{}:{team=\"t0\"} " + receiver, 0, receiver, 1, "k", false, 1, 0);
        history.add(new Happening.Sent(Observed.SECOND, new Request(0, 0, 1, content, Observed.SECOND)));
        return new RouteCheck(new Observed(history, Settings.cluster(3), 1, 2 * Observed.SECOND)).check();
    }

    @Test
    void whatGoesWhereTheRoutingTreeSendsItIsRight() {
        assertThat(told("first/webhook[0]")).isEmpty();
    }

    @Test
    void whatGoesElsewhereIsFound() {
        assertThat(told("third/webhook[0]")).extracting(Violation::guarantee).containsExactly("routes");
    }
}
