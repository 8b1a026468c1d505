package dev.tocsin.core.template.html;

/**
 * What a piece of text leads to.
 *
 * @param context where the document is behind it
 * @param end the index behind it
 */
record Step(Context context, int end) {}
