package dev.tocsin.notifiers.http.connection;

import dev.tocsin.notifiers.http.message.HttpField;
import java.util.List;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** A request whose line and headers go out exactly as given. */
final class RequestHead extends BasicClassicHttpRequest {
    private static final long serialVersionUID = 1L;

    private final String target;

    RequestHead(String method, String target, List<HttpField> fields) {
        super(method, "/");
        this.target = target;
        for (HttpField field : fields) {
            addHeader(field.name(), field.value());
        }
    }

    @Override
    public String getRequestUri() {
        return target;
    }
}
