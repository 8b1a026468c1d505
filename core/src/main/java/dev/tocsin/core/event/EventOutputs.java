package dev.tocsin.core.event;

import dev.tocsin.core.config.EventRecorderConfig;
import dev.tocsin.core.config.EventRecorderConfig.FileOutput;
import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the outputs of a configuration. What it opens belongs to the caller.
 *
 * @param writers those that are written to by a worker
 * @param posts the webhooks and what posts to them
 * @param complete whether all could be opened
 */
record EventOutputs(List<LineWriter> writers, List<Post> posts, boolean complete) {
    static final EventOutputs NONE = new EventOutputs(List.of(), List.of(), true);

    private static final Logger log = LoggerFactory.getLogger(EventOutputs.class);

    /** A webhook's settings and what posts to it. */
    record Post(WebhookOutput config, EventPoster poster) {}

    /** Opens what can be opened and logs what cannot. May block. */
    static EventOutputs open(EventRecorderConfig config, OutputStream stdout, EventPoster.Factory posters) {
        List<LineWriter> writers = new ArrayList<>();
        List<Post> posts = new ArrayList<>();
        boolean complete = true;
        for (FileOutput file : config.fileOutputs()) {
            try {
                writers.add(new FileLineWriter(Path.of(file.path())));
            } catch (IOException | InvalidPathException e) {
                complete = false;
                log.atError()
                        .addKeyValue("component", "eventrecorder")
                        .addKeyValue("path", file.path())
                        .addKeyValue("err", e.toString())
                        .log("Failed to create file event recorder output");
            }
        }
        for (int i = 0; i < config.stdoutOutputs(); i++) {
            writers.add(new StreamLineWriter("stdout", stdout));
        }
        for (WebhookOutput webhook : config.webhookOutputs()) {
            try {
                posts.add(new Post(webhook, posters.poster(webhook)));
            } catch (IOException e) {
                complete = false;
                log.atError()
                        .addKeyValue("component", "eventrecorder")
                        .addKeyValue("err", e.getMessage())
                        .log("Failed to create webhook event recorder output");
            }
        }
        if (!config.kafkaOutputs().isEmpty()) {
            log.atWarn()
                    .addKeyValue("component", "eventrecorder")
                    .addKeyValue("outputs", config.kafkaOutputs().size())
                    .log("Kafka outputs of the event recorder are not supported: nothing is sent to them");
        }
        return new EventOutputs(List.copyOf(writers), List.copyOf(posts), complete);
    }

    /** Closes what was opened and never used. */
    void discard() {
        writers.forEach(EventOutputs::close);
        posts.forEach(post -> post.poster().close());
    }

    static void close(LineWriter writer) {
        try {
            writer.close();
        } catch (IOException e) {
            log.atError()
                    .addKeyValue("component", "eventrecorder")
                    .addKeyValue("output", writer.name())
                    .addKeyValue("err", e.toString())
                    .log("Failed to close event recorder output");
        }
    }
}
