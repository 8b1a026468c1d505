package dev.tocsin.core.template;

import dev.tocsin.core.template.exec.Environment;
import dev.tocsin.core.template.exec.Environment.RouteLabelLookup;
import dev.tocsin.core.template.exec.ExecutionException;
import dev.tocsin.core.template.exec.Executor;
import dev.tocsin.core.template.exec.Functions;
import dev.tocsin.core.template.html.Escaping;
import dev.tocsin.core.template.html.HtmlEscaper;
import dev.tocsin.core.template.html.HtmlException;
import dev.tocsin.core.template.parse.Definition;
import dev.tocsin.core.template.parse.Parser;
import dev.tocsin.core.template.parse.Source;
import dev.tocsin.core.template.parse.SyntaxException;
import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * The templates of a configuration: the built-in ones and those of the files (notifiers contract section 4). Parsed once;
 * immutable but for a bounded cache of parsed texts; safe for all threads. Each text of the configuration is a template
 * of its own on top of the set: it may call what the set defines, and what it defines itself is not seen by others.
 */
public final class TemplateSet {
    private final Map<String, Definition> shared;
    private final Functions functions;
    private final Functions htmlFunctions;
    private final TemplateLoader settings;
    private final Programs texts = new Programs();
    private final Programs pages = new Programs();

    /**
     * @param shared the templates of files by name
     * @param functions what they and the texts may call
     */
    TemplateSet(Map<String, Definition> shared, Functions functions, TemplateLoader settings) {
        this.shared = shared;
        this.functions = functions;
        this.htmlFunctions = functions.with(Escaping.functions());
        this.settings = settings;
    }

    /**
     * Runs {@code template} as plain text.
     *
     * @param template a text of the configuration; the empty text renders to itself
     * @return what it printed
     * @throws TemplateException if it cannot be parsed, fails or exceeds the limits; what it printed before is lost
     */
    public String text(String template, TemplateData data) throws TemplateException {
        return text(
                template, data, settings.limits(), name -> data.routeLabels().get(name));
    }

    /** As {@link #text(String, TemplateData)}, with other bounds and route labels of its own. */
    String text(String template, TemplateData data, ExecutionLimits limits, RouteLabelLookup routeLabels)
            throws TemplateException {
        if (template.indexOf("{{") < 0) {
            return template;
        }
        return run(program(template), functions, data, limits, routeLabels);
    }

    /**
     * Runs {@code template} as HTML: values are escaped as their place demands (notifiers contract section 4.9).
     *
     * @param template as in {@link #text}
     * @throws TemplateException as {@link #text}, and if it does not keep to the structure of HTML
     */
    public String html(String template, TemplateData data) throws TemplateException {
        return run(
                page(template),
                htmlFunctions,
                data,
                settings.limits(),
                name -> data.routeLabels().get(name));
    }

    private Program page(String text) throws TemplateException {
        Program kept = pages.find(text);
        if (kept == null) {
            kept = escape(parse(text));
            pages.keep(text, kept);
        }
        return kept;
    }

    /** Escapes all that the program comes to; what is never called may be as broken as it likes. */
    private Program escape(Program program) throws TemplateException {
        try {
            Map<String, Definition> escaped = HtmlEscaper.escape(program.main(), name -> program.find(name, shared));
            return new Program(escaped.getOrDefault("", program.main()), escaped);
        } catch (HtmlException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw new TemplateException("html/template: templates nest too deeply");
        }
    }

    private Program program(String text) throws TemplateException {
        Program kept = texts.find(text);
        if (kept == null) {
            kept = parse(text);
            texts.keep(text, kept);
        }
        return kept;
    }

    /** Parses {@code text} on top of the set; what it defines itself is found first. */
    private Program parse(String text) throws TemplateException {
        Map<String, Definition> parsed;
        try {
            parsed = new HashMap<>(Parser.parse(new Source("", text), functions.names()));
        } catch (SyntaxException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        }
        Definition main = parsed.get("");
        parsed.entrySet().removeIf(entry -> entry.getValue().body().isBlank() && shared.containsKey(entry.getKey()));
        return new Program(main == null ? Definitions.EMPTY : main, Map.copyOf(parsed));
    }

    private String run(
            Program program,
            Functions callable,
            TemplateData data,
            ExecutionLimits limits,
            RouteLabelLookup routeLabels)
            throws TemplateException {
        Budget budget = new Budget(limits.output(), limits.steps());
        Environment environment = new Environment(settings.clock(), settings.local(), budget, routeLabels);
        Executor executor = new Executor(name -> program.find(name, shared), callable, environment, limits.depth());
        try {
            return Bytes.valid(executor.run(program.main(), data.fields()));
        } catch (ExecutionException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw new TemplateException("template: exceeded maximum template depth");
        }
    }
}
