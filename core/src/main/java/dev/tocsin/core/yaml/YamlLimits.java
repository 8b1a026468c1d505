package dev.tocsin.core.yaml;

/**
 * What a reader takes at most, so that a hostile or broken file costs bounded time and memory.
 *
 * @param codePoints length of the text
 * @param depth how deep lists and maps may nest
 * @param aliasedNodes how many nodes aliases may stand for, all together; a guard against the "billion laughs"
 */
public record YamlLimits(int codePoints, int depth, int aliasedNodes) {
    /** Enough for every configuration that a person or a generator writes. */
    public static final YamlLimits DEFAULT = new YamlLimits(64 << 20, 256, 400_000);
}
