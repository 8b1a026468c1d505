package dev.tocsin.app.flag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a command line: {@code --name=value}, {@code --name value}, switches with a {@code --no-} form, repeatable flags,
 * {@code -h}, and {@code @file} with one argument a line (contract section 1.1). Immutable.
 */
public final class FlagParser {
    private static final List<String> HELP = List.of("help", "help-long", "help-man");
    private static final int MAX_FILE_DEPTH = 16;

    private final Map<String, Flag> flags = new LinkedHashMap<>();

    /** A parser of {@code flags}, in the order in which help shows them. */
    public FlagParser(List<Flag> flags) {
        flags.forEach(flag -> this.flags.put(flag.name(), flag));
    }

    /** What a command line says. */
    public sealed interface Result {
        /** The values of all flags, defaults included; switches are {@code true} or {@code false}. */
        record Parsed(Map<String, List<String>> values) implements Result {}

        /** Help is asked for. */
        record Help() implements Result {}

        /** The version is asked for. */
        record Version() implements Result {}

        /** It cannot be understood. */
        record Refused(String why) implements Result {}
    }

    /** Reads {@code arguments}; never throws. */
    public Result parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>();
        Optional<String> unreadable = expand(arguments, rest, 0);
        if (unreadable.isPresent()) {
            return new Result.Refused(unreadable.get());
        }
        Map<String, List<String>> given = new LinkedHashMap<>();
        boolean literal = false;
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            if (literal || !argument.startsWith("-") || argument.equals("-")) {
                return new Result.Refused("unexpected " + argument);
            }
            if (argument.equals("--")) {
                literal = true;
                continue;
            }
            if (argument.equals("-h")) {
                return new Result.Help();
            }
            if (!argument.startsWith("--")) {
                return new Result.Refused("unknown short flag '" + argument.substring(0, 2) + "'");
            }
            Optional<Result> end = take(argument.substring(2), rest, given);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return complete(given);
    }

    private Optional<Result> take(String argument, Deque<String> rest, Map<String, List<String>> given) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        if (HELP.contains(name)) {
            return Optional.of(new Result.Help());
        }
        if (name.equals("version")) {
            return Optional.of(new Result.Version());
        }
        Flag flag = flags.get(name);
        boolean negated = false;
        if (flag == null && name.startsWith("no-")) {
            flag = flags.get(name.substring(3));
            negated = flag != null && flag.kind() == Flag.Kind.SWITCH;
        }
        if (flag == null || (name.startsWith("no-") && !negated && !flags.containsKey(name))) {
            return Optional.of(new Result.Refused("unknown long flag '--" + name + "'" + suggestion(name)));
        }
        if (flag.kind() == Flag.Kind.SWITCH) {
            if (equals >= 0) {
                return Optional.of(new Result.Refused("unexpected " + argument.substring(equals + 1)));
            }
            given.put(flag.name(), List.of(negated ? "false" : "true"));
            return Optional.empty();
        }
        String value;
        if (equals >= 0) {
            value = argument.substring(equals + 1);
        } else if (rest.isEmpty() || rest.getFirst().startsWith("--")) {
            return Optional.of(new Result.Refused("expected argument for flag '--" + name + "'"));
        } else {
            value = rest.removeFirst();
        }
        Optional<String> bad = flag.check().apply(value);
        if (bad.isPresent()) {
            return Optional.of(new Result.Refused(bad.get()));
        }
        List<String> values = given.computeIfAbsent(flag.name(), k -> new ArrayList<>());
        if (flag.kind() == Flag.Kind.VALUE && !values.isEmpty()) {
            return Optional.of(new Result.Refused("flag '" + name + "' cannot be repeated"));
        }
        values.add(value);
        return Optional.empty();
    }

    private Result complete(Map<String, List<String>> given) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Flag flag : flags.values()) {
            List<String> defaults =
                    flag.kind() == Flag.Kind.LIST && flag.defaultText().isEmpty()
                            ? List.of()
                            : List.of(flag.defaultText());
            values.put(flag.name(), List.copyOf(given.getOrDefault(flag.name(), defaults)));
        }
        return new Result.Parsed(values);
    }

    private static Optional<String> expand(List<String> arguments, Deque<String> into, int depth) {
        for (String argument : arguments) {
            if (!argument.startsWith("@") || argument.length() == 1) {
                into.addLast(argument);
                continue;
            }
            if (depth == MAX_FILE_DEPTH) {
                return Optional.of(argument + ": argument files nest too deep");
            }
            try {
                List<String> lines = Files.readAllLines(Path.of(argument.substring(1))).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList();
                Optional<String> unreadable = expand(lines, into, depth + 1);
                if (unreadable.isPresent()) {
                    return unreadable;
                }
            } catch (IOException e) {
                return Optional.of("open " + argument.substring(1) + ": no such file or directory");
            }
        }
        return Optional.empty();
    }

    private String suggestion(String name) {
        String best = "";
        int least = 3;
        for (String known : flags.keySet()) {
            int distance = distance(name, known);
            if (distance < least) {
                least = distance;
                best = known;
            }
        }
        return best.isEmpty() ? "" : " (did you mean '--" + best + "'?)";
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    /** The help text: usage, then each flag with its default and its sentence. */
    public String help(String usage) {
        StringBuilder out = new StringBuilder(usage).append("\n\nFlags:\n");
        line(out, "-h, --help", "Show this text and stop.");
        line(out, "    --version", "Show the version and stop.");
        for (Flag flag : flags.values()) {
            String form = switch (flag.kind()) {
                case SWITCH -> "    --[no-]" + flag.name();
                case VALUE -> "    --" + flag.name() + "=" + quoted(flag.defaultText());
                case LIST -> "    --" + flag.name() + "=" + quoted(flag.defaultText()) + " ...";
            };
            line(out, form, flag.help());
        }
        return out.toString();
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "\"\"" : text;
    }

    private static void line(StringBuilder out, String form, String help) {
        out.append("  ").append(form);
        int column = form.length();
        if (column > 44) {
            out.append('\n').append("  ");
            column = 0;
        }
        out.append(" ".repeat(46 - column));
        int at = 48;
        for (String word : help.split(" ", -1)) {
            if (at + word.length() + 1 > 118) {
                out.append('\n').append(" ".repeat(48));
                at = 48;
            }
            out.append(word).append(' ');
            at += word.length() + 1;
        }
        out.setLength(out.length() - 1);
        out.append('\n');
    }
}
