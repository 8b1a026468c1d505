package dev.tocsin.app.command;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Prints an explanation as the hub API answers it: the sentence first, then the routing tree, groups and history. */
final class ExplanationText {
    private static final int MAX_HISTORY = 20;

    private final PrintStream out;

    ExplanationText(PrintStream out) {
        this.out = out;
    }

    void print(JsonTree explanation) {
        out.println(explanation.text("sentence"));
        for (JsonTree note : explanation.at("notes").items()) {
            out.println("Note: " + note.text());
        }
        for (JsonTree node : explanation.at("silentNodes").items()) {
            out.println("Note: node " + node.text() + " did not answer, so its journal is missing here");
        }
        JsonTree routes = explanation.at("routes");
        if (!routes.fields().isEmpty()) {
            out.println();
            out.println("Routes:");
            route(routes, "  ");
        }
        explanation.at("groups").items().forEach(group -> group(group, explanation.is("past")));
        history(explanation.at("history").items());
    }

    private void route(JsonTree route, String indent) {
        String matchers = route.at("verdicts").items().isEmpty()
                ? route.at("matchers").items().stream()
                        .map(ExplanationText::matcher)
                        .collect(Collectors.joining(", "))
                : route.at("verdicts").items().stream()
                        .map(ExplanationText::verdict)
                        .collect(Collectors.joining(", "));
        out.println(indent + sign(route) + " " + (matchers.isEmpty() ? "root" : matchers) + " -> "
                + route.text("receiver") + conclusion(route));
        for (JsonTree child : route.at("routes").items()) {
            route(child, indent + "  ");
        }
    }

    private static String matcher(JsonTree matcher) {
        return matcher.text("name") + matcher.text("operator") + '"' + matcher.text("value") + '"';
    }

    private static String verdict(JsonTree verdict) {
        String matcher = matcher(verdict.at("matcher"));
        return verdict.is("matches") ? matcher : matcher + " (it is \"" + verdict.text("value") + "\")";
    }

    private static String sign(JsonTree route) {
        return switch (route.text("conclusion")) {
            case "selected" -> "*";
            case "passed_on" -> "+";
            default -> "-";
        };
    }

    private static String conclusion(JsonTree route) {
        return switch (route.text("conclusion")) {
            case "selected" -> ": the alert ends here";
            case "rejected" -> ": does not match";
            case "not_tried" -> ": not tried, because " + route.text("stoppedBy") + " took the alert";
            default -> "";
        };
    }

    private void group(JsonTree group, boolean past) {
        out.println();
        out.println("Receiver " + group.at("route").text("receiver") + ", group " + group.text("groupKey") + ":");
        JsonTree timer = group.at("timer");
        String alerts = group.text("size") + (group.text("size").equals("1") ? " alert" : " alerts");
        if (past) {
            out.println("  " + alerts + " at its latest flush before");
        } else if (timer.fields().isEmpty()) {
            out.println("  the group does not exist");
        } else {
            out.println("  " + alerts + ", " + timer.text("state")
                    + (timer.text("dueSince").isEmpty() ? "" : " since " + timer.text("dueSince")) + ", next flush at "
                    + timer.text("nextFlush"));
        }
        option(group, "group_wait", "groupWait");
        option(group, "group_interval", "groupInterval");
        option(group, "repeat_interval", "repeatInterval");
        List<String> order = group.at("order").items().stream()
                .map(JsonTree::text)
                .filter(name -> !name.isEmpty())
                .toList();
        if (!order.isEmpty()) {
            out.println("  node: " + order.getFirst()
                    + (order.size() > 1 ? ", then " + String.join(", ", order.subList(1, order.size())) : ""));
        }
        for (JsonTree stage : group.at("stages").items()) {
            out.println("  " + stage.text("stage").replace('_', ' ') + ": " + stage.text("text"));
        }
        for (JsonTree integration : group.at("integrations").items()) {
            out.println("  " + integration.text("integration") + " " + integration.text("text"));
            if (!integration.text("doubt").isEmpty()) {
                out.println("    the next one is marked as a possible repeat: " + integration.text("doubt"));
            }
            for (JsonTree attempt : integration.at("attempts").items()) {
                out.println("    " + attempt.text("at") + " " + attempt.text("node") + ": " + attempt.text("reason"));
            }
        }
    }

    private void option(JsonTree group, String name, String field) {
        String from = group.at("inheritedFrom").text(field);
        out.println(
                "  " + name + " " + group.at("route").text(field) + (from.isEmpty() ? " by default" : " from " + from));
    }

    private void history(List<JsonTree> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.println();
        out.println("What happened, newest first:");
        for (JsonTree line : lines.subList(0, Math.min(MAX_HISTORY, lines.size()))) {
            out.println("  " + line.text("at") + " " + line.text("node") + ": " + line.text("reason"));
        }
        if (lines.size() > MAX_HISTORY) {
            out.println("  and " + (lines.size() - MAX_HISTORY) + " more");
        }
    }
}
