package dev.tocsin.core.template.value;

import java.time.ZoneId;

/**
 * A time zone.
 *
 * @param name as it was asked for
 */
public record Place(ZoneId zone, String name) implements Value {
    @Override
    public String type() {
        return "*time.Location";
    }

    @Override
    public boolean truth() {
        return true;
    }
}
