package dev.tocsin.api.web;

/** Whether a request is answered. */
public enum Admission {
    /** It is. */
    ADMITTED,
    /** It names no user, an unknown one, or a wrong password. */
    UNAUTHENTICATED,
    /** More requests came than the rate limit allows. */
    TOO_MANY_REQUESTS,
    /** Too many passwords wait to be checked. */
    BUSY
}
