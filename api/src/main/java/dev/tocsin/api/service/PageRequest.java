package dev.tocsin.api.service;

/**
 * Which part of a list is asked for.
 *
 * @param size the most items; 0 for the list's own default
 * @param token from the part before; empty for the first
 */
public record PageRequest(int size, String token) {
    /** The first part, of the default size. */
    public static final PageRequest FIRST = new PageRequest(0, "");

    /**
     * The size to answer with.
     *
     * @throws ServiceException if it is negative or above {@code most}: a client that asks for ten million rows in one
     *     answer had better hear that it will not get them
     */
    int size(int otherwise, int most) {
        if (size < 0 || size > most) {
            throw ServiceException.invalid(
                    "PAGE_SIZE_OUT_OF_RANGE",
                    "page_size",
                    "must be between 0 and " + most + ", not " + size + "; ask for the next pages with page_token");
        }
        return size == 0 ? otherwise : size;
    }
}
