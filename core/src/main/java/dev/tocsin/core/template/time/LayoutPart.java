package dev.tocsin.core.template.time;

/**
 * A part of a layout.
 *
 * @param token what it stands for
 * @param text as it is written
 */
record LayoutPart(LayoutToken token, String text) {}
