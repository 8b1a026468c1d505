package dev.tocsin.core.interval;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The place whose clocks a time interval goes by.
 *
 * @param name as it is printed: an IANA name, {@code UTC} or {@code Local}
 * @param zone its rules
 */
public record Location(String name, ZoneId zone) {
    /** Where no location is given. */
    public static final Location UTC = new Location("UTC", ZoneOffset.UTC);

    /**
     * The location called {@code text}; empty means UTC.
     *
     * @param local the zone of this process, which {@code Local} means
     * @throws InvalidIntervalException if no such zone is known
     */
    public static Location parse(String text, ZoneId local) throws InvalidIntervalException {
        switch (text) {
            case "", "UTC" -> {
                return UTC;
            }
            case "Local" -> {
                return new Location(text, local);
            }
            default -> {
                try {
                    return new Location(text, zone(text));
                } catch (DateTimeException e) {
                    throw new InvalidIntervalException("unknown time zone " + text);
                }
            }
        }
    }

    /** Java reads offsets and prefixes such as {@code UTC+1} too, and knows four names of the IANA only as aliases. */
    private static ZoneId zone(String name) {
        String id = switch (name) {
            case "EST" -> "America/Panama";
            case "MST" -> "America/Phoenix";
            case "HST" -> "Pacific/Honolulu";
            case "ROC" -> "Asia/Taipei";
            default -> name;
        };
        if (!ZoneId.getAvailableZoneIds().contains(id)) {
            throw new DateTimeException("unknown zone");
        }
        return ZoneId.of(id);
    }
}
