package dev.tocsin.api.hub.request;

import dev.tocsin.api.service.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what the services refuse in the words of this API: its status codes and the names of its fields. */
public final class ServiceProblems {
    /** How parameters and fields are called here, if not as in the services but for the case. */
    private static final Map<String, String> NAMES = Map.of(
            "filter.matchers", "filter",
            "filter.receiver_matchers", "receiverMatcher",
            "filter.receiver", "receiver",
            "filter.kinds", "kind",
            "page_size", "limit");

    private ServiceProblems() {}

    /**
     * What a service refused, as a problem of the request.
     *
     * @param root where the fields were: {@code query}, {@code body} or a part of it
     */
    public static Problem of(ServiceException refused, String root) {
        List<Problem.Place> errors = new ArrayList<>();
        for (ServiceException.Violation violation : refused.violations()) {
            errors.add(new Problem.Place(
                    root + "." + name(violation.field()),
                    violation.description().replace("page_token", "pageToken")));
        }
        String detail = errors.size() == 1
                ? errors.getFirst().where() + ": " + errors.getFirst().what()
                : refused.text();
        return new Problem(status(refused.fault()), refused.reason(), detail, errors);
    }

    private static int status(ServiceException.Fault fault) {
        return switch (fault) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case PRECONDITION -> 409;
            case EXHAUSTED -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    private static String name(String field) {
        int bracket = field.indexOf('[');
        String stem = bracket < 0 ? field : field.substring(0, bracket);
        String known = NAMES.get(stem);
        return camelCase((known == null ? stem : known) + field.substring(stem.length()));
    }

    private static String camelCase(String snake) {
        StringBuilder text = new StringBuilder(snake.length());
        for (int i = 0; i < snake.length(); i++) {
            char c = snake.charAt(i);
            if (c == '_' && i + 1 < snake.length()) {
                i++;
                text.append(Character.toUpperCase(snake.charAt(i)));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
