package dev.tocsin.core.mute;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Silences that mute given label sets and cannot be edited. */
final class FixedSilences implements Silences {
    private final Map<LabelSet, List<String>> ids;

    FixedSilences(Map<LabelSet, List<String>> ids) {
        this.ids = ids;
    }

    @Override
    public CompletionStage<SetResult> set(Draft draft) {
        return CompletableFuture.completedFuture(new SetResult.Refused("fixed"));
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
        return ids.getOrDefault(labels, List.of());
    }
}
