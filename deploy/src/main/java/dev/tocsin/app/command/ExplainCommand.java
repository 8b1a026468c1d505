package dev.tocsin.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tocsin explain}: asks a node why an alert was notified or not. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tell why an alert was notified or not: in one sentence, and step by step. The alert need not"
                + " exist.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the node has answered", "2:it has not"})
public final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FINGERPRINT|LABEL=VALUE",
            description = "The alert: its fingerprint of 16 digits, or its labels, such as alertname=Down team=x.")
    private List<String> words = List.of();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:9093",
            description = "The node to ask; any will do. Default: ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://localhost:9093");

    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "",
            description = "A time in the past, such as 2026-01-02T03:10:00Z. Default: now.")
    private String at = "";

    /** For the command line library. */
    public ExplainCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try (NodeClient node = new NodeClient(url)) {
            new ExplanationText(System.out).print(ask(node));
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("tocsin: error: " + e.getMessage());
            return 2;
        }
    }

    private JsonTree ask(NodeClient node) throws IOException, InterruptedException {
        if (words.size() == 1 && !words.getFirst().contains("=")) {
            String query = at.isEmpty() ? "" : "?at=" + URLEncoder.encode(at, StandardCharsets.UTF_8);
            String fingerprint = URLEncoder.encode(words.getFirst(), StandardCharsets.UTF_8);
            return node.get("/api/hub/v1/alerts/" + fingerprint + "/explain" + query);
        }
        return node.post("/api/hub/v1/explain", body());
    }

    private String body() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + word + "\" is no label such as alertname=Down");
            }
            labels.put(word.substring(0, equals), unquoted(word.substring(equals + 1)));
        }
        StringBuilder json = new StringBuilder("{\"labels\":{");
        labels.forEach((name, value) -> json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                .append(JsonTree.quoted(name))
                .append(':')
                .append(JsonTree.quoted(value)));
        json.append('}');
        return json.append(at.isEmpty() ? "}" : ",\"at\":" + JsonTree.quoted(at) + "}")
                .toString();
    }

    private static String unquoted(String value) {
        boolean quotes = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quotes ? value.substring(1, value.length() - 1) : value;
    }
}
