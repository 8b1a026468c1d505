package dev.tocsin.app.command;

import dev.tocsin.core.template.SampleData;
import dev.tocsin.core.template.TemplateData;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.YamlLimits;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlReader;
import dev.tocsin.core.yaml.YamlSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs every template that stands in a configuration file with sample alerts. What Alertmanager only notices when it
 * notifies is found here. For one file, on one thread.
 */
final class TemplateCheck {
    private final String file;
    private final TemplateSet set;
    private final Map<String, TemplateData> samples =
            Map.of("firing", SampleData.firing(), "resolved", SampleData.resolved());
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int count;

    /**
     * @param file the file's name, for messages
     * @param set the templates that the texts may call
     */
    TemplateCheck(String file, TemplateSet set) {
        this.file = file;
        this.set = set;
    }

    /** Runs the templates of the file that holds {@code text}, which is valid otherwise. */
    void run(String text) {
        YamlNode root;
        try {
            root = new YamlReader(text, YamlLimits.DEFAULT).read();
        } catch (YamlSyntaxException e) {
            throw new IllegalArgumentException("not a configuration", e);
        }
        for (YamlNode receiver : items(child(root, "receivers"))) {
            if (receiver instanceof YamlNode.Mapping(var span, List<YamlNode.Entry> entries)) {
                for (YamlNode.Entry entry : entries) {
                    String key = text(entry.key());
                    items(entry.value()).forEach(integration -> integration(key, integration));
                }
            }
        }
        route(child(root, "route"));
    }

    /** Templates that fail with every sample; each with its place. */
    List<String> errors() {
        return errors;
    }

    /** Templates that fail with some samples only; each with its place. */
    List<String> warnings() {
        return warnings;
    }

    /** How many templates were run. */
    int count() {
        return count;
    }

    private void route(@Nullable YamlNode route) {
        YamlNode labels = child(route, "labels");
        if (labels != null) {
            walk(labels, false, false);
        }
        items(child(route, "routes")).forEach(this::route);
    }

    private void integration(String kind, YamlNode integration) {
        boolean htmlMessage = (kind.equals("telegram_configs") && is(child(integration, "parse_mode"), "HTML"))
                || (kind.equals("pushover_configs") && is(child(integration, "html"), "true"));
        if (integration instanceof YamlNode.Mapping(var span, List<YamlNode.Entry> entries)) {
            for (YamlNode.Entry entry : entries) {
                String key = text(entry.key());
                boolean html =
                        (htmlMessage && key.equals("message")) || (kind.equals("email_configs") && key.equals("html"));
                if (!isLiteral(key)) {
                    walk(entry.value(), html, key.equals("payload") || key.equals("details") || key.equals("fields"));
                }
            }
        }
    }

    /** What is sent to authenticate, and the names of files, are never templates. */
    private static boolean isLiteral(String key) {
        return key.equals("http_config")
                || key.equals("tls_config")
                || key.startsWith("auth_")
                || key.endsWith("_file");
    }

    private void walk(YamlNode node, boolean html, boolean keysToo) {
        switch (node) {
            case YamlNode.Scalar scalar -> template(scalar, html);
            case YamlNode.Sequence(var span, List<YamlNode> items) -> items.forEach(item -> walk(item, html, keysToo));
            case YamlNode.Mapping(var span, List<YamlNode.Entry> entries) -> {
                for (YamlNode.Entry entry : entries) {
                    if (keysToo) {
                        walk(entry.key(), html, true);
                    }
                    walk(entry.value(), html, keysToo);
                }
            }
        }
    }

    private void template(YamlNode.Scalar scalar, boolean html) {
        if (!scalar.text().contains("{{")) {
            return;
        }
        count++;
        List<String> failures = new ArrayList<>();
        List<String> which = new ArrayList<>();
        for (String sample : List.of("firing", "resolved")) {
            TemplateData data = samples.getOrDefault(sample, SampleData.firing());
            try {
                if (html) {
                    set.html(scalar.text(), data);
                } else {
                    set.text(scalar.text(), data);
                }
            } catch (TemplateException e) {
                failures.add(e.getMessage());
                which.add(sample);
            }
        }
        if (failures.isEmpty()) {
            return;
        }
        String place = file + ":" + scalar.span().line() + ":" + scalar.span().column() + ": ";
        if (which.size() == samples.size()) {
            errors.add(place + failures.getFirst());
        } else {
            warnings.add(place + "with " + which.getFirst() + " alerts only: " + failures.getFirst());
        }
    }

    private static @Nullable YamlNode child(@Nullable YamlNode node, String name) {
        if (node instanceof YamlNode.Mapping(var span, List<YamlNode.Entry> entries)) {
            for (YamlNode.Entry entry : entries) {
                if (text(entry.key()).equals(name)) {
                    return entry.value();
                }
            }
        }
        return null;
    }

    private static List<YamlNode> items(@Nullable YamlNode node) {
        return node instanceof YamlNode.Sequence(var span, List<YamlNode> items) ? items : List.of();
    }

    private static String text(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    }

    private static boolean is(@Nullable YamlNode node, String text) {
        return node != null && text(node).equals(text);
    }
}
