package dev.tocsin.api.http.server;

/** What an Accept-Encoding header allows. */
final class AcceptedEncodings {
    private AcceptedEncodings() {}

    /** Whether the list names gzip and does not forbid it with a weight of zero. */
    static boolean gzip(String header) {
        for (String item : header.split(",", -1)) {
            String[] parts = item.split(";", -1);
            if (parts[0].strip().equalsIgnoreCase("gzip")) {
                return parts.length < 2 || !isZero(parts[1].strip());
            }
        }
        return false;
    }

    private static boolean isZero(String weight) {
        if (!weight.startsWith("q=")) {
            return false;
        }
        for (int i = 2; i < weight.length(); i++) {
            char c = weight.charAt(i);
            if (c != '0' && c != '.') {
                return false;
            }
        }
        return true;
    }
}
