package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import org.jspecify.annotations.Nullable;

/** Hears of alerts when they have reached their groups. Called on the hub loop; must not block. */
public interface HubListener {
    /**
     * An alert was stored: new, changed, or posted again without change.
     *
     * @param before what was stored under the same labels until now, or null
     */
    void stored(Alert now, @Nullable Alert before);

    /** An alert that had ended was forgotten. */
    void removed(Alert alert);
}
