package dev.tocsin.core.template;

import dev.tocsin.core.template.value.FunctionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders the labels of a route, which may refer to each other (contract section 2.6). Each is rendered once; those that
 * fail are left out. For one rendering, on one thread.
 */
public final class RouteLabelRenderer {
    private static final Logger log = LoggerFactory.getLogger(RouteLabelRenderer.class);

    private final TemplateSet set;
    private final Map<String, String> templates;
    private final TemplateData data;
    private final Map<String, String> rendered = new HashMap<>();
    private final List<String> path = new ArrayList<>();

    private RouteLabelRenderer(TemplateSet set, Map<String, String> templates, TemplateData data) {
        this.set = set;
        this.templates = templates;
        this.data = data;
    }

    /** Whether any of {@code labels} is more than literal text. */
    public static boolean hasTemplates(Map<String, String> labels) {
        for (String label : labels.values()) {
            if (label.indexOf("{{") >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The labels that {@code templates} render to, by name.
     *
     * @param data of the group, without route labels
     */
    public static Map<String, String> render(TemplateSet set, Map<String, String> templates, TemplateData data) {
        RouteLabelRenderer renderer = new RouteLabelRenderer(set, templates, data);
        Map<String, String> labels = new TreeMap<>();
        for (String name : templates.keySet()) {
            try {
                labels.put(name, renderer.label(name));
            } catch (FunctionException | TemplateException e) {
                log.atError()
                        .addKeyValue("component", "template")
                        .addKeyValue("label", name)
                        .addKeyValue("err", e.getMessage())
                        .log("Failed to render route label");
            }
        }
        return Map.copyOf(labels);
    }

    private String label(String name) throws FunctionException, TemplateException {
        String done = rendered.get(name);
        if (done != null) {
            return done;
        }
        String template = templates.get(name);
        if (template == null) {
            return "";
        }
        path.add(name);
        try {
            int first = path.indexOf(name);
            if (first < path.size() - 1) {
                throw new FunctionException(
                        "route label cycle detected: " + String.join(" -> ", path.subList(first, path.size())));
            }
            String text = set.text(template, data, ExecutionLimits.ROUTE_LABEL, this::referred);
            rendered.put(name, text);
            return text;
        } finally {
            path.removeLast();
        }
    }

    private String referred(String name) throws FunctionException {
        try {
            return label(name);
        } catch (TemplateException e) {
            throw new FunctionException(String.valueOf(e.getMessage()));
        }
    }
}
