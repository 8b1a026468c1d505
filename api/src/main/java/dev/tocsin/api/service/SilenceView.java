package dev.tocsin.api.service;

import dev.tocsin.core.silence.Silence;

/** A silence and where it stands. */
public record SilenceView(Silence silence, Silence.State state) {}
