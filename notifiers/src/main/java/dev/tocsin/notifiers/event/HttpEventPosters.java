package dev.tocsin.notifiers.event;

import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.event.EventPoster;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.http.OutboundClient;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Posts the event recorder's bodies with the clients that integrations use. Safe for all threads. */
public final class HttpEventPosters implements EventPoster.Factory {
    private static final List<HttpField> FIELDS = List.of(new HttpField("Content-Type", "application/json"));

    private final Outbound outbound;

    /** Goes out through {@code outbound}. */
    public HttpEventPosters(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public EventPoster poster(WebhookOutput output) throws IOException {
        HttpClientConfig http = output.httpConfig() == null ? HttpClientConfig.DEFAULT : output.httpConfig();
        try {
            Url url = Url.parseHttp(output.url().reveal());
            return new HttpEventPoster(url, http, outbound.clients().acquire(http));
        } catch (InvalidValueException | NotifierBuildException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private final class HttpEventPoster implements EventPoster {
        private final Url url;
        private final HttpClientConfig http;
        private final OutboundClient client;
        private final AtomicBoolean closed = new AtomicBoolean();

        HttpEventPoster(Url url, HttpClientConfig http, OutboundClient client) {
            this.url = url;
            this.http = http;
            this.client = client;
        }

        /** Scheme and host only: the rest of the address is a secret. */
        @Override
        public String name() {
            return "webhook:" + url.scheme() + "://" + url.host();
        }

        @Override
        public void post(byte[] body, Duration timeout) throws IOException, InterruptedException {
            OutboundRequest request = new OutboundRequest("POST", url, FIELDS, body);
            OutboundResult result =
                    client.exchange(request, outbound.connections().dialer("eventrecorder"), timeout);
            switch (result) {
                case OutboundResult.Answer answer -> {
                    if (!answer.success()) {
                        throw new IOException("unexpected status code " + answer.status());
                    }
                }
                case OutboundResult.Failure failure -> throw new IOException(request.redacted() + failure.message());
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                outbound.clients().release(http);
            }
        }
    }
}
