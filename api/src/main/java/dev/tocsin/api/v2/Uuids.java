package dev.tocsin.api.v2;

/** Tells UUIDs from other texts: with dashes or without, in either case. */
final class Uuids {
    private static final int DASHED = 36;
    private static final int PLAIN = 32;

    private Uuids() {}

    static boolean isUuid(String text) {
        if (text.length() != DASHED && text.length() != PLAIN) {
            return false;
        }
        boolean dashed = text.length() == DASHED;
        for (int i = 0; i < text.length(); i++) {
            boolean dash = dashed && (i == 8 || i == 13 || i == 18 || i == 23);
            char c = text.charAt(i);
            if (dash ? c != '-' : c >= 0x80 || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
