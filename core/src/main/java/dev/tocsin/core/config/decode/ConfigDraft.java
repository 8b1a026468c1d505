package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.EventRecorderConfig;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.config.RouteConfig;
import dev.tocsin.core.config.TracingConfig;
import dev.tocsin.core.interval.TimeInterval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks of a configuration, each read for itself, before they are checked together. */
record ConfigDraft(
        GlobalConfig global,
        @Nullable RouteConfig route,
        List<InhibitRuleConfig> inhibitRules,
        List<ReceiverDecoder.Draft> receivers,
        List<String> templates,
        List<TimeInterval> muteTimeIntervals,
        List<TimeInterval> timeIntervals,
        @Nullable TracingConfig tracing,
        @Nullable EventRecorderConfig eventRecorder) {}
