package dev.tocsin.app.command;

import dev.tocsin.app.runtime.SystemClock;
import dev.tocsin.core.template.ExecutionLimits;
import dev.tocsin.core.template.SampleData;
import dev.tocsin.core.template.TemplateData;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateLoader;
import dev.tocsin.core.template.TemplateSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin template render}: prints what a template renders to, with the flags of Alertmanager's own tool. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Render a template as a notification would. The built-in templates are there already.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:rendered", "1:a template or the data cannot be used"})
public final class TemplateRenderCommand implements Callable<Integer> {
    /** The two engines. */
    enum Type {
        text,
        html
    }

    @Option(names = "--template.glob", paramLabel = "GLOB", description = "Template files; can be repeated.")
    private List<String> globs = List.of();

    @Option(names = "--template.text", required = true, paramLabel = "TEXT", description = "The template to render.")
    private String text = "";

    @Option(
            names = "--template.type",
            defaultValue = "text",
            description = "How it is rendered: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Type type = Type.text;

    @Option(
            names = "--template.data",
            paramLabel = "FILE",
            description = "JSON in the form of a webhook's body. Default: two firing alerts.")
    private @Nullable Path file;

    /** For the command line library. */
    public TemplateRenderCommand() {}

    @Override
    public Integer call() {
        try {
            TemplateSet set = new TemplateLoader(
                            new SystemClock(), ZoneId.systemDefault(), ExecutionLimits.NOTIFICATION)
                    .load(globs);
            TemplateData data = file == null ? SampleData.firing() : read(file);
            System.out.print(type == Type.html ? set.html(text, data) : set.text(text, data));
            System.out.flush();
            return 0;
        } catch (TemplateException | IOException e) {
            System.err.println("tocsin: error: " + e.getMessage());
            return 1;
        }
    }

    private static TemplateData read(Path file) throws IOException {
        try {
            return SampleData.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new IOException("open " + file + ": no such file or directory");
        }
    }
}
