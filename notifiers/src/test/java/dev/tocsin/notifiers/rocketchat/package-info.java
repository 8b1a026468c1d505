@NullMarked
package dev.tocsin.notifiers.rocketchat;

import org.jspecify.annotations.NullMarked;
