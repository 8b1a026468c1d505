@NullMarked
package dev.tocsin.api.web;

import org.jspecify.annotations.NullMarked;
