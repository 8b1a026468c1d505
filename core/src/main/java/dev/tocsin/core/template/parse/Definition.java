package dev.tocsin.core.template.parse;

/**
 * A named template.
 *
 * @param name what {@code template} calls it by; for a whole file its name, for a text of the configuration empty
 * @param source where it stands
 */
public record Definition(String name, Source source, Block body) {}
