package dev.tocsin.core.pipeline;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Silences the alerts with some names; takes no edits. */
final class TestSilences implements Silences {
    Set<String> names = Set.of();

    @Override
    public CompletionStage<SetResult> set(Draft draft) {
        return CompletableFuture.completedFuture(new SetResult.Refused("no edits here"));
    }

    @Override
    public CompletionStage<Boolean> expire(String id) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public @Nullable Silence find(String id) {
        return null;
    }

    @Override
    public List<Silence> list(List<Matcher> filter) {
        return List.of();
    }

    @Override
    public List<String> silencedBy(LabelSet labels, Instant now) {
        return names.contains(labels.get("alertname")) ? List.of("s1") : List.of();
    }
}
