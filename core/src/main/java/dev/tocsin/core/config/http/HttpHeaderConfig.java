package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import java.util.List;

/**
 * The values of one header that is added to every request; each source gives one header line per item.
 *
 * @param values sent as they are
 * @param secrets sent as they are
 * @param files paths; read for every request, white space around their text cut
 */
public record HttpHeaderConfig(List<String> values, List<Secret> secrets, List<String> files) {}
