package dev.tocsin.core.explain;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.pipeline.Pipeline;

/** The configuration in force, as far as it decides. */
public record InForce(Config config, Dispatcher dispatcher, Pipeline pipeline) {}
