package dev.tocsin.core.config;

import dev.tocsin.core.matcher.Matcher;
import java.util.List;
import java.util.Map;

/**
 * An inhibition rule as it is written. All source forms combine with AND, and so do all target forms.
 *
 * @param name empty if none was given; need not be unique
 * @param equal label names whose values must agree between source and target
 */
public record InhibitRuleConfig(
        String name,
        Map<String, String> sourceMatch,
        Map<String, String> sourceMatchRe,
        List<Matcher> sourceMatchers,
        Map<String, String> targetMatch,
        Map<String, String> targetMatchRe,
        List<Matcher> targetMatchers,
        List<String> equal) {}
