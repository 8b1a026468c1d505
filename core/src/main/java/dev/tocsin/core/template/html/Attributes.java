package dev.tocsin.core.template.html;

import dev.tocsin.core.template.html.Context.AttributeKind;
import java.util.Set;

/** What attributes hold, by their names. Stateless. */
final class Attributes {
    private static final Set<String> URLS = Set.of(
            "action",
            "archive",
            "background",
            "cite",
            "classid",
            "codebase",
            "data",
            "formaction",
            "href",
            "icon",
            "longdesc",
            "manifest",
            "poster",
            "profile",
            "src",
            "usemap",
            "xmlns");
    /** Attributes that change what a page does, so that no value may name them. */
    private static final Set<String> UNSAFE = Set.of(
            "async",
            "challenge",
            "charset",
            "defer",
            "enctype",
            "form",
            "formenctype",
            "formmethod",
            "formnovalidate",
            "http-equiv",
            "keytype",
            "language",
            "novalidate",
            "pattern",
            "rel",
            "sandbox",
            "srcdoc",
            "type",
            "value");

    private static final Set<String> PLAIN = Set.of(
            "abbr",
            "accesskey",
            "align",
            "alt",
            "bgcolor",
            "class",
            "color",
            "cols",
            "colspan",
            "content",
            "dir",
            "for",
            "headers",
            "height",
            "id",
            "label",
            "lang",
            "name",
            "rows",
            "rowspan",
            "scope",
            "size",
            "span",
            "summary",
            "target",
            "title",
            "width");

    private Attributes() {}

    /** What {@code name}, in lower case, holds. */
    static AttributeKind kind(String name) {
        String local = name;
        if (name.startsWith("data-")) {
            local = name.substring(5);
        } else if (name.indexOf(':') >= 0) {
            if (name.startsWith("xmlns:")) {
                return AttributeKind.URL;
            }
            local = name.substring(name.indexOf(':') + 1);
        }
        if (local.equals("style")) {
            return AttributeKind.STYLE;
        }
        if (local.equals("srcset") || local.equals("imagesrcset")) {
            return AttributeKind.SRCSET;
        }
        if (URLS.contains(local)) {
            return AttributeKind.URL;
        }
        if (UNSAFE.contains(local) || PLAIN.contains(local)) {
            return AttributeKind.NONE;
        }
        if (local.startsWith("on")) {
            return AttributeKind.SCRIPT;
        }
        // Guesses for attributes that scripts read.
        boolean address = local.contains("src") || local.contains("uri") || local.contains("url");
        return address ? AttributeKind.URL : AttributeKind.NONE;
    }

    /** Whether a value may be the name of an attribute. */
    static boolean canBePrinted(String name) {
        return !name.isEmpty()
                && !UNSAFE.contains(name)
                && kind(name) == AttributeKind.NONE
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
