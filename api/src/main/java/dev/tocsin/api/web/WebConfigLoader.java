package dev.tocsin.api.web;

import dev.tocsin.api.http.Response;
import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.time.InvalidTimeException;
import dev.tocsin.core.tls.server.ServerTls;
import dev.tocsin.core.tls.server.ServerTlsDecoder;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlLimits;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblem;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.core.yaml.YamlReader;
import dev.tocsin.core.yaml.YamlSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Understands the text of a web configuration. Immutable; safe for all threads. */
final class WebConfigLoader {
    private static final WebConfig EMPTY = new WebConfig(null, true, List.of(), Map.of(), null);

    /** The headers that may be configured, with the values that they may have; empty for any. */
    private static final Map<String, List<String>> HEADERS = Map.of(
            "Strict-Transport-Security", List.of(),
            "X-Content-Type-Options", List.of("nosniff"),
            "X-Frame-Options", List.of("deny", "sameorigin"),
            "X-XSS-Protection", List.of(),
            "Content-Security-Policy", List.of());

    private final Path file;
    private final ServerTlsDecoder tls;

    /** @param file where texts come from: messages name it, relative paths start in its folder */
    WebConfigLoader(Path file) {
        this.file = file;
        Path folder = file.toAbsolutePath().getParent();
        this.tls = new ServerTlsDecoder(folder == null ? file.toAbsolutePath() : folder);
    }

    /** @throws WebConfigException saying what is wrong and where */
    WebConfig parse(byte[] bytes) throws WebConfigException {
        YamlProblems problems = new YamlProblems();
        YamlNode root;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            root = new YamlReader(text.startsWith("\ufeff") ? text.substring(1) : text, YamlLimits.DEFAULT).read();
        } catch (CharacterCodingException e) {
            throw new WebConfigException("yaml: invalid UTF-8\n" + file + ": not UTF-8 text", e);
        } catch (YamlSyntaxException e) {
            throw new WebConfigException(
                    e.getMessage() + "\n" + file + ":" + e.at().line() + ":" + e.at().column() + ": not YAML", e);
        }
        if (root == null || root.isNull()) {
            return EMPTY;
        }
        WebConfig config = problems.struct(root, "web.Config", this::decode);
        if (!problems.isEmpty()) {
            throw refused(problems);
        }
        return config;
    }

    private WebConfigException refused(YamlProblems problems) {
        boolean several = problems.reportsMistyped();
        StringBuilder message = new StringBuilder(several ? "yaml: unmarshal errors:" : "");
        StringBuilder places = new StringBuilder();
        for (YamlProblem problem : problems.reported()) {
            if (several) {
                message.append("\n  line ").append(problem.at().line()).append(": ");
            }
            message.append(problem.message());
            places.append('\n')
                    .append(file + ":" + problem.at().line() + ":"
                            + problem.at().column() + ": ")
                    .append(problem.hint().isEmpty() ? problem.message() : problem.hint());
        }
        return new WebConfigException(message.append(places).toString());
    }

    private WebConfig decode(YamlFields fields) {
        Optional<ServerTls> secured = fields.struct("tls_server_config", ServerTlsDecoder.TYPE, tls::decodeOptional);
        Http http = fields.struct("http_server_config", "web.HTTPConfig", WebConfigLoader::http);
        Optional<RateLimit> rate = fields.struct("rate_limit", "web.RateLimiterConfig", WebConfigLoader::rateLimit);
        return new WebConfig(
                secured == null ? null : secured.orElse(null),
                http == null || http.http2(),
                http == null ? List.of() : http.headers(),
                users(fields),
                rate == null ? null : rate.orElse(null));
    }

    private record Http(boolean http2, List<Response.Header> headers) {}

    private static Http http(YamlFields fields) {
        List<Response.Header> headers = new ArrayList<>();
        fields.stringMap("headers").forEach((name, value) -> {
            List<String> allowed = HEADERS.get(name);
            if (allowed == null) {
                fields.refuseAt("headers", "HTTP header " + GoQuote.quote(name) + " can not be configured");
            } else if (!allowed.isEmpty() && !allowed.contains(value)) {
                fields.refuseAt(
                        "headers",
                        "invalid value for " + name + ". Expected one of: " + quoted(allowed) + ", but got: "
                                + GoQuote.quote(value));
            } else if (!isPrintable(value)) {
                fields.refuseAt("headers", "the value of " + name + " has characters that a header cannot have");
            } else {
                headers.add(new Response.Header(name, value));
            }
        });
        return new Http(fields.bool("http2", true), headers);
    }

    private static String quoted(List<String> values) {
        return "[" + String.join(" ", values.stream().map(GoQuote::quote).toList()) + "]";
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
    }

    private static Optional<RateLimit> rateLimit(YamlFields fields) {
        Duration interval = fields.text("interval", Duration.ZERO, WebConfigLoader::duration);
        long burst = fields.integer("burst", 0);
        return interval.isZero() ? Optional.empty() : Optional.of(new RateLimit(interval, burst));
    }

    private static Duration duration(String text) throws InvalidValueException {
        try {
            Duration duration = GoDuration.parse(text);
            if (duration.isNegative()) {
                throw new InvalidValueException("interval must not be negative");
            }
            return duration;
        } catch (InvalidTimeException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, BcryptHash> users(YamlFields fields) {
        Map<String, BcryptHash> users = new LinkedHashMap<>();
        fields.stringMap("basic_auth_users").forEach((name, text) -> {
            try {
                users.put(name, BcryptHash.parse(text));
            } catch (InvalidValueException e) {
                fields.refuseAt("basic_auth_users", e.getMessage() + " (user " + GoQuote.quote(name) + ")");
            }
        });
        return users;
    }
}
