package dev.tocsin.core.pipeline;

import dev.tocsin.core.claim.Claims;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.log.Replica;
import dev.tocsin.core.notify.Sender;
import dev.tocsin.core.trace.Tracer;
import java.net.URI;
import java.time.Duration;

/**
 * What all pipelines of a node share, whatever the configuration.
 *
 * @param sender also gives the clock, the hub loop and the metrics
 * @param nodes names the nodes that sent what the log knows
 * @param externalUrl the hub's public address, without a trailing slash
 * @param retention how long a log entry lives at most; above zero
 */
public record PipelineContext(
        Sender sender,
        NotificationLog log,
        Replica replica,
        NodeNames nodes,
        Claims claims,
        Journal journal,
        EventRecorder events,
        Tracer tracer,
        URI externalUrl,
        Duration retention) {}
