package dev.tocsin.core.store;

import dev.tocsin.core.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what it hears. */
final class RecordingSubscriber implements AlertStore.Subscriber {
    record Stored(Alert now, @Nullable Alert before) {}

    final List<Stored> stored = new ArrayList<>();
    final List<Alert> removed = new ArrayList<>();

    @Override
    public void stored(Alert now, @Nullable Alert before) {
        stored.add(new Stored(now, before));
    }

    @Override
    public void removed(Alert alert) {
        removed.add(alert);
    }
}
