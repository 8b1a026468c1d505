package dev.tocsin.core.event;

/**
 * An event as outputs get it.
 *
 * @param type as {@link EventData#type}
 * @param json one JSON text, UTF-8, without a line end; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, never compared
record EventLine(String type, byte[] json) {}
