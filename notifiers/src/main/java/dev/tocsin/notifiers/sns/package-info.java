/** The Amazon SNS integration: a message published to a topic, an endpoint or a phone. */
@NullMarked
package dev.tocsin.notifiers.sns;

import org.jspecify.annotations.NullMarked;
