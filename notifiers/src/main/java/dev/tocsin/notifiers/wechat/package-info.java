/** The WeCom (WeChat Work) integration: a message of an application. */
@NullMarked
package dev.tocsin.notifiers.wechat;

import org.jspecify.annotations.NullMarked;
