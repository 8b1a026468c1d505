package dev.tocsin.core.silence;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Silences that mute what they are told to and cannot be edited. One thread. */
public final class FixedSilences implements Silences {
    private Function<LabelSet, List<String>> ids = labels -> List.of();

    /** They mute nothing. */
    public FixedSilences() {}

    /** They mute what {@code ids} gives silences for. */
    public FixedSilences(Function<LabelSet, List<String>> ids) {
        this.ids = ids;
    }

    /** From now on they mute what {@code to} gives silences for. */
    public void mute(Function<LabelSet, List<String>> to) {
        ids = to;
    }

    @Override
    public CompletionStage<SetResult> set(Draft draft) {
        return CompletableFuture.completedFuture(new SetResult.Refused("fixed"));
    }

    @Override
    public @Nullable String check(Draft draft) {
        return "fixed";
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
        return ids.apply(labels);
    }

    @Override
    public long version() {
        return 0;
    }
}
