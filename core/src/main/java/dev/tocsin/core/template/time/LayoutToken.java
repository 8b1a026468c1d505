package dev.tocsin.core.template.time;

/** What parts of a layout stand for. */
enum LayoutToken {
    LITERAL,
    LONG_MONTH,
    MONTH,
    NUMBER_MONTH,
    ZERO_MONTH,
    LONG_WEEKDAY,
    WEEKDAY,
    DAY,
    SPACE_DAY,
    ZERO_DAY,
    SPACE_YEAR_DAY,
    ZERO_YEAR_DAY,
    HOUR,
    HOUR_12,
    ZERO_HOUR_12,
    MINUTE,
    ZERO_MINUTE,
    SECOND,
    ZERO_SECOND,
    LONG_YEAR,
    YEAR,
    UPPER_HALF,
    LOWER_HALF,
    ZONE_NAME,
    /** An offset; {@code Z} stands for none. */
    ZULU_OFFSET,
    OFFSET,
    /** A fixed number of decimals. */
    FRACTION,
    /** As many decimals as are needed. */
    SHORT_FRACTION
}
