package dev.tocsin.core.hub;

import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.explain.Nodes;
import dev.tocsin.core.explain.PastConfigs;
import dev.tocsin.core.group.Turns;
import dev.tocsin.core.ingest.AlertValidator;
import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.log.LogMaintenance;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotifierFactory;
import dev.tocsin.core.pipeline.PipelineContext;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.silence.SilenceStore;
import dev.tocsin.core.template.TemplateLoader;
import dev.tocsin.core.trace.Tracing;
import java.util.function.Function;

/**
 * The rooms of the one-way line, built and loaded, before anything moves.
 *
 * @param loop the hub loop
 * @param history what all nodes decided, for explanations
 * @param alerts loaded, not started, without subscribers
 * @param silences loaded, not started
 * @param pipeline what the pipelines of all configurations share
 * @param templates reads the template files of configurations
 * @param printer prints configurations for the status page
 * @param logMaintenance of the pipeline's log, not started
 * @param turns says which groups this node tells
 * @param nodes who comes first for a group, for explanations
 * @param reader reads the text of a configuration as though it stood in this node's file; may read other files
 * @param configs those that were in force, for explanations
 */
public record HubParts(
        Clock clock,
        Scheduler loop,
        Workers workers,
        Metrics metrics,
        Journal journal,
        ClusterJournal history,
        EventRecorder events,
        Tracing tracing,
        AlertValidator validator,
        AlertStore alerts,
        SilenceStore silences,
        PipelineContext pipeline,
        LogMaintenance logMaintenance,
        TemplateLoader templates,
        NotifierFactory notifiers,
        ConfigPrinter printer,
        Membership membership,
        Turns turns,
        Nodes nodes,
        Function<String, ConfigResult> reader,
        PastConfigs configs) {}
