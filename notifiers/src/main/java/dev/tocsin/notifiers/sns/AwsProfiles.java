package dev.tocsin.notifiers.sns;

import java.util.HashMap;
import java.util.Map;

/** Reads Amazon's credentials file: profiles in brackets, below each its {@code name = value}. Stateless. */
final class AwsProfiles {
    private AwsProfiles() {}

    /** The values of a profile; empty if the file does not have it. */
    static Map<String, String> read(String file, String profile) {
        Map<String, String> values = new HashMap<>();
        boolean inside = false;
        for (String line : file.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                inside = line.substring(1, line.length() - 1).strip().equals(profile);
            } else if (inside && equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
