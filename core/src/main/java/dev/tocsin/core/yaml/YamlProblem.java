package dev.tocsin.core.yaml;

/**
 * One thing that is wrong in a document.
 *
 * @param message what is wrong, as the contract words it
 * @param at where to look
 * @param hint what would be right; may be empty
 */
public record YamlProblem(String message, YamlSpan at, String hint) {}
