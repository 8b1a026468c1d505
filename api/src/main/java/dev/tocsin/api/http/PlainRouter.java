package dev.tocsin.api.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Routes with the manners of contract section 7.1: unknown paths, methods that are not offered, OPTIONS, trailing slashes,
 * unclean paths, and a prefix before everything. Immutable; safe for all threads.
 */
public final class PlainRouter implements Router {
    private static final Match NOT_FOUND = Match.unmeasured(
            (AsyncHandler) request -> CompletableFuture.completedFuture(Response.error(404, "404 page not found\n")));

    /** Without a slash at the end; empty if there is none. */
    private final String prefix;

    private final List<Route> routes;
    private final Map<String, Router> mounts;

    /**
     * @param prefix where everything hangs, such as {@code /hub}; {@code /} for the root
     * @param routes tried in order
     * @param mounts routers for whole subtrees, by path below the prefix, with a slash at both ends; they see the path
     *     without the prefix
     */
    public PlainRouter(String prefix, List<Route> routes, Map<String, Router> mounts) {
        this.prefix = prefix.equals("/") ? "" : prefix;
        this.routes = List.copyOf(routes);
        this.mounts = Map.copyOf(mounts);
    }

    @Override
    public Match match(Request request) {
        if (request.path().equals("*")) {
            return Match.unmeasured((AsyncHandler) star -> CompletableFuture.completedFuture(Response.empty(200)));
        }
        String clean = clean(request.rawPath());
        if (!clean.equals(request.rawPath()) && !request.is("CONNECT")) {
            return redirect(301, clean);
        }
        if (!prefix.isEmpty()) {
            if (request.path().equals("/")) {
                return offer(request, Map.of("GET", new Match("/", true, redirection(302, prefix))));
            }
            if (request.path().equals(prefix)) {
                return request.is("GET") ? redirect(301, prefix + "/") : NOT_FOUND;
            }
            if (!request.path().startsWith(prefix + "/") || !request.rawPath().startsWith(prefix + "/")) {
                return NOT_FOUND;
            }
        }
        return matchBelow(request.below(prefix));
    }

    private Match matchBelow(Request request) {
        for (Map.Entry<String, Router> mount : mounts.entrySet()) {
            String path = mount.getKey();
            if (request.rawPath().startsWith(path)) {
                return mounted(mount.getValue().match(request));
            }
            if (request.rawPath().length() == path.length() - 1 && path.startsWith(request.rawPath())) {
                return redirect(301, prefix + path);
            }
        }
        Map<String, Match> found = find(request.path());
        if (!found.isEmpty()) {
            return offer(request, found);
        }
        String other = request.path().endsWith("/")
                ? request.path().substring(0, request.path().length() - 1)
                : request.path() + "/";
        if (find(other).containsKey(request.method())) {
            return redirect(request.is("GET") ? 301 : 308, prefix + other);
        }
        return NOT_FOUND;
    }

    /** The mounted router's endpoint sees the path below the prefix, as its router did. */
    private Match mounted(Match match) {
        if (prefix.isEmpty()) {
            return match;
        }
        Endpoint endpoint = switch (match.endpoint()) {
            case LiveHandler handler -> (LiveHandler) request -> handler.handle(request.below(prefix));
            case Handler handler -> (Handler) request -> handler.handle(request.below(prefix));
            case AsyncHandler handler -> (AsyncHandler) request -> handler.handle(request.below(prefix));
        };
        return new Match(match.handler(), match.sizeMeasured(), endpoint);
    }

    /** The routes of {@code path} by method; the first one of a method counts. */
    private Map<String, Match> find(String path) {
        Map<String, Match> found = new HashMap<>();
        for (Route route : routes) {
            Map<String, String> parameters = route.parametersOf(path);
            if (parameters != null) {
                found.putIfAbsent(route.method(), new Match(route.label(), true, bound(route, parameters)));
            }
        }
        return found;
    }

    private static Endpoint bound(Route route, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return route.endpoint();
        }
        return switch (route.endpoint()) {
            case LiveHandler handler -> (LiveHandler) request -> handler.handle(request.withParameters(parameters));
            case Handler handler -> (Handler) request -> handler.handle(request.withParameters(parameters));
            case AsyncHandler handler -> (AsyncHandler) request -> handler.handle(request.withParameters(parameters));
        };
    }

    private static Match offer(Request request, Map<String, Match> byMethod) {
        Match match = byMethod.get(request.method());
        if (match != null) {
            return match;
        }
        TreeSet<String> methods = new TreeSet<>(byMethod.keySet());
        methods.add("OPTIONS");
        String allow = String.join(", ", methods);
        Response answer = request.is("OPTIONS") ? Response.empty(200) : Response.error(405, "Method Not Allowed\n");
        return Match.unmeasured(
                (AsyncHandler) refused -> CompletableFuture.completedFuture(answer.with("Allow", allow)));
    }

    private static Match redirect(int status, String path) {
        return Match.unmeasured(redirection(status, path));
    }

    /** Sends the client to {@code path}; the query goes with it, but for a temporary redirection. */
    private static Endpoint redirection(int status, String path) {
        return (AsyncHandler) request -> {
            String query = status == 302 || request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
            return CompletableFuture.completedFuture(Redirects.to(status, path + query, request));
        };
    }

    /** The path without empty, {@code .} and {@code ..} elements; itself if it has none. */
    static String clean(String path) {
        if (path.indexOf("//") < 0 && path.indexOf("/.") < 0) {
            return path;
        }
        List<String> kept = new ArrayList<>();
        String[] elements = path.split("/", -1);
        for (String element : elements) {
            if (element.equals("..")) {
                if (!kept.isEmpty()) {
                    kept.removeLast();
                }
            } else if (!element.isEmpty() && !element.equals(".")) {
                kept.add(element);
            }
        }
        String last = elements[elements.length - 1];
        boolean slash = last.isEmpty() || last.equals(".") || last.equals("..");
        String joined = "/" + String.join("/", kept);
        return slash && !kept.isEmpty() ? joined + "/" : joined;
    }

    /** The prefix that a flag's text means: a slash before, none after; {@code /} if nothing is left. */
    public static String normalPrefix(@Nullable String text) {
        String trimmed = text == null ? "" : text;
        int start = 0;
        int end = trimmed.length();
        while (start < end && trimmed.charAt(start) == '/') {
            start++;
        }
        while (end > start && trimmed.charAt(end - 1) == '/') {
            end--;
        }
        return "/" + trimmed.substring(start, end);
    }
}
