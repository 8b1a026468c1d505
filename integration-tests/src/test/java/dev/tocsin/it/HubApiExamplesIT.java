package dev.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Checkout;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.Node;
import dev.tocsin.it.support.Sink;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about the hub API shows is what a node answers. */
class HubApiExamplesIT {
    private static final Pattern EXAMPLE =
            Pattern.compile("```http\n(\\S+) (\\S+)\n(.*?)```\n\n```json\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void theExamplesOfThePageAreTrue() throws IOException {
        String page = Files.readString(Checkout.top().resolve("deploy/docs/hub-api.md"));
        try (Sink sink = new Sink();
                Node node = Node.tocsin(folder, Configs.webhook(sink, "1h", "1h", "4h"))) {
            node.api().postAlerts("[{\"labels\":{\"alertname\":\"DiskFull\",\"team\":\"db\",\"instance\":\"db-1\"}}]");
            Matcher examples = EXAMPLE.matcher(page);
            int count = 0;
            while (examples.find()) {
                HttpResponse<String> answer = examples.group(1).equals("GET")
                        ? node.api().get(examples.group(2))
                        : node.api().post(examples.group(2), examples.group(3));
                JsonNode expected = Api.parse(examples.group(4));
                int status = expected.path("status").asInt(200);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
                check(examples.group(2), expected, Api.parse(answer.body()));
                count++;
            }
            assertThat(count).isGreaterThan(9);
        }
    }

    /** Everything that is expected must be there; more fields may be. */
    private static void check(String where, JsonNode expected, JsonNode actual) {
        if (expected.isTextual() && expected.asText().equals("…")) {
            assertThat(actual.isMissingNode()).as(where).isFalse();
        } else if (expected.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                check(where + "." + field.getKey(), field.getValue(), actual.path(field.getKey()));
            }
        } else if (expected.isArray()) {
            assertThat(actual.size()).as(where + ": " + actual).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                check(where + "[" + i + "]", expected.get(i), actual.get(i));
            }
        } else {
            assertThat(actual).as(where).isEqualTo(expected);
        }
    }
}
