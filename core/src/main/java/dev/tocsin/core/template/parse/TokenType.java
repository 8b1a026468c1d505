package dev.tocsin.core.template.parse;

/** The kinds of pieces that a template consists of. */
enum TokenType {
    TEXT,
    LEFT,
    RIGHT,
    SPACE,
    IDENTIFIER,
    KEYWORD,
    FIELD,
    VARIABLE,
    DOT,
    NIL,
    BOOL,
    NUMBER,
    CHARACTER,
    STRING,
    RAW_STRING,
    PIPE,
    OPEN,
    CLOSE,
    DECLARE,
    ASSIGN,
    OTHER,
    ERROR,
    END
}
