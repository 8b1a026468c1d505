package dev.tocsin.core.template.time;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;

/**
 * The abbreviations of time zones as the IANA database has them. The JDK has names for zones for which that database has
 * none but the offset; those are left out.
 */
final class ZoneNames {
    private static final Set<String> KNOWN = Set.of(
            "ACDT", "ACST", "ADT", "AEDT", "AEST", "AKDT", "AKST", "AST", "AWST", "BST", "CAT", "CDT", "CEST", "CET",
            "CST", "ChST", "EAT", "EDT", "EEST", "EET", "EST", "GMT", "HDT", "HKT", "HST", "IDT", "IST", "JST", "KST",
            "MDT", "MSK", "MST", "NDT", "NST", "NZDT", "NZST", "PDT", "PKT", "PST", "SAST", "SST", "UTC", "WAT", "WEST",
            "WET", "WIB", "WIT", "WITA");
    private static final Map<String, String> OTHERWISE = Map.of("HAST", "HST", "HADT", "HDT");
    private static final Set<String> NUMERIC =
            Set.of("Antarctica/Casey", "Antarctica/Troll", "Atlantic/Azores", "Asia/Colombo", "Europe/Minsk");
    private static final Pattern WHOLE_HOURS = Pattern.compile("([+-]..)00");

    private ZoneNames() {}

    /** {@code UTC}, {@code CET}, {@code -03}; for an offset without a zone {@code +0200}. */
    static String abbreviation(ZonedDateTime time) {
        ZoneId zone = time.getZone();
        if (zone instanceof ZoneOffset offset) {
            return offset.getTotalSeconds() == 0 ? "UTC" : GoLayout.offset(offset, "-0700");
        }
        String id = zone.getId();
        if (!NUMERIC.contains(id)) {
            boolean summer = zone.getRules().isDaylightSavings(time.toInstant());
            String name = TimeZone.getTimeZone(id).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
            name = OTHERWISE.getOrDefault(name, name);
            if (KNOWN.contains(name)) {
                return name;
            }
        }
        return WHOLE_HOURS.matcher(GoLayout.offset(time.getOffset(), "-0700")).replaceFirst("$1");
    }
}
