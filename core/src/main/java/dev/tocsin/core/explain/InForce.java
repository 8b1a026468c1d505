package dev.tocsin.core.explain;

import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.pipeline.Pipeline;

/** The configuration in force, as far as it decides. */
public record InForce(Dispatcher dispatcher, Pipeline pipeline) {}
