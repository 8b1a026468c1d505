package dev.tocsin.it.sim.world;

import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.it.sim.history.Happening;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Somebody who silences the last alert, and thinks better of it, one edit after the other, each at any node. */
final class SilenceClient {
    private static final Duration LONG = Duration.ofHours(2);

    /** An end has come by all clocks so much later, if they are good. */
    private static final Duration AGREED = Duration.ofMillis(200);

    private final World world;
    private final Dice dice;
    private final int alert;
    private int silence = -1;
    private int version;
    private boolean active;
    private @Nullable String id;
    private Happening.@Nullable SilenceAsked pending;

    SilenceClient(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.alert = world.truth().alerts() - 1;
    }

    /** Makes a silence, makes it longer or ends it. Whoever got no answer begins a new one. */
    void edit() {
        int node = dice.below(world.nodes());
        Life life = world.machine(node).life();
        if (life == null || world.machine(node).paused()) {
            return;
        }
        if (pending != null || id == null || !active) {
            silence++;
            version = 0;
            id = null;
            pending = null;
        } else {
            version++;
        }
        boolean ends = id != null && dice.chance(0.5);
        Happening.SilenceAsked asked = new Happening.SilenceAsked(world.now(), silence, version, node, alert, !ends);
        world.history().add(asked);
        pending = asked;
        String known = id;
        world.time().in(dice.millis(0.2, 2), () -> life.loop().arrive(() -> ask(life, asked, known)));
    }

    private void ask(Life life, Happening.SilenceAsked asked, @Nullable String known) {
        Silences silences = life.hub().silences();
        if (known != null && !asked.active()) {
            silences.expire(known).thenAccept(found -> answered(life, asked, found, known));
            return;
        }
        Silence before = known == null ? null : silences.find(known);
        CompletionStage<Silences.SetResult> set = silences.set(new Silences.Draft(
                known == null ? "" : known,
                List.of(new Silences.MatcherDraft("instance", "a" + alert, false, true)),
                before == null ? null : before.startsAt(),
                life.machine().now().plus(LONG),
                "me",
                "s" + asked.silence(),
                Map.of()));
        set.thenAccept(result -> {
            if (result instanceof Silences.SetResult.Stored(String stored)) {
                answered(life, asked, true, stored);
            } else {
                answered(life, asked, false, String.valueOf(result));
            }
        });
    }

    private void answered(Life life, Happening.SilenceAsked asked, boolean stored, String storedAs) {
        if (life.loop().dead()) {
            return;
        }
        int lacking = stored ? lacking(storedAs, asked.active()) : 0;
        world.history().add(new Happening.SilenceAnswered(world.now(), asked, stored, storedAs, lacking));
        if (asked.equals(pending)) {
            pending = null;
            if (stored) {
                id = storedAs;
                active = asked.active();
            } else {
                id = null;
            }
        }
    }

    /** The nodes that run, as bits, to which the silence is not what it was made now. */
    private int lacking(String stored, boolean on) {
        int lacking = 0;
        for (int node = 0; node < world.nodes(); node++) {
            Life life = world.machine(node).life();
            if (life != null && on != isOn(life, life.hub().silences().find(stored), AGREED)) {
                lacking |= 1 << node;
            }
        }
        return lacking;
    }

    private static boolean isOn(Life life, @Nullable Silence found, Duration later) {
        return found != null && Silences.state(found, life.machine().now().plus(later)) != Silence.State.EXPIRED;
    }

    /** Writes down what all nodes know. */
    void inspect() {
        List<Happening.SilenceAnswered> known = world.history()
                .all(Happening.SilenceAnswered.class)
                .filter(Happening.SilenceAnswered::stored)
                .toList();
        for (int node = 0; node < world.nodes(); node++) {
            Life life = world.machine(node).life();
            if (life == null) {
                continue;
            }
            for (Happening.SilenceAnswered answered : known) {
                Silence found = life.hub().silences().find(answered.id());
                boolean on = isOn(life, found, Duration.ZERO);
                world.history()
                        .add(new Happening.SilenceSeen(
                                world.now(), node, answered.edit().silence(), found != null, on));
            }
        }
    }
}
