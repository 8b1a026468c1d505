@NullMarked
package dev.tocsin.notifiers.wechat;

import org.jspecify.annotations.NullMarked;
