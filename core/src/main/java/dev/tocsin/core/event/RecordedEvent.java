package dev.tocsin.core.event;

import java.time.Instant;

/**
 * An event on its way to the outputs.
 *
 * @param at when it was recorded
 * @param position this node's place among its peers then, from 0
 */
record RecordedEvent(Instant at, int position, EventData data) {}
