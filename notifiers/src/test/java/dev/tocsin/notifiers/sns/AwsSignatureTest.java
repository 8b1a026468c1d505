package dev.tocsin.notifiers.sns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSignatureTest {
    private static final AwsCredentials EXAMPLE =
            new AwsCredentials("AKIDEXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), Secret.NONE);

    /** From the test suite that Amazon published for signature version 4. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET | `` | `` | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
            POST | `` | `` | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
            POST | Param1=value1 | application/x-www-form-urlencoded | ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a
            """)
    void signsThePublishedRequests(String method, String body, String type, String signature) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", "example.amazonaws.com");
        headers.put("x-amz-date", "20150830T123600Z");
        if (!type.isEmpty()) {
            headers.put("content-type", type);
        }

        assertThat(new AwsSignature("us-east-1", "service")
                        .sign(EXAMPLE, method, "/", "", headers, body.getBytes(StandardCharsets.UTF_8)))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ")
                .endsWith(", Signature=" + signature);
    }

    @Test
    void signsTheQuerySorted() {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", "example.amazonaws.com");
        headers.put("x-amz-date", "20150830T123600Z");

        assertThat(new AwsSignature("us-east-1", "service")
                        .sign(EXAMPLE, "GET", "/", "Param2=value2&Param1=value1", headers, new byte[0]))
                .endsWith("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }
}
