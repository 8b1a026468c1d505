package dev.tocsin.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.metrics.GaugeFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In one thread: what goes to the workers runs when the test says so. */
class WebSecurityTest {
    private static final String ANNA = "basic_auth_users: {anna: " + SecuredServer.HASH + "}\n";

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final Queue<Runnable> work = new ArrayDeque<>();

    private WebSecurity open(String config) throws WebConfigException, IOException {
        write(config);
        return new WebSecurity(file(), Map.of(), work::add, time, metrics);
    }

    private Path file() {
        return folder.resolve("web.yml");
    }

    private void write(String config) throws IOException {
        Files.writeString(file(), config);
    }

    private void runAll() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private CompletableFuture<Admission> ask(WebSecurity security, @Nullable String user, String password) {
        return security.admit(user == null ? null : SecuredServer.basic(user, password))
                .toCompletableFuture();
    }

    private Admission admitted(WebSecurity security, @Nullable String user, String password) {
        CompletableFuture<Admission> answer = ask(security, user, password);
        assertThat(answer).as("nothing is computed by the caller").isNotDone();
        runAll();
        return answer.join();
    }

    @Test
    void whoStaysIsSentAwayWhenHisNameOrPasswordIsGone() throws Exception {
        WebSecurity security = open(ANNA);
        List<String> dismissed = new ArrayList<>();
        Visits.Visit anna = security.begin(SecuredServer.basic("anna", "right"), () -> dismissed.add("anna"));
        Visits.Visit gone = security.begin(SecuredServer.basic("anna", "right"), () -> dismissed.add("gone"));
        security.begin(SecuredServer.basic("otto", "right"), () -> dismissed.add("otto"));
        security.begin(null, () -> dismissed.add("nobody"));
        assertThat(dismissed).containsExactly("otto", "nobody");

        gone.close();
        write(ANNA + "rate_limit: {}\n");
        time.advance(Duration.ofSeconds(5));
        anna.beat();
        runAll();
        assertThat(dismissed).as("her password is what it was").hasSize(2);

        write("basic_auth_users: {berta: " + SecuredServer.HASH + "}\n");
        anna.beat();
        runAll();
        assertThat(dismissed).as("the file was looked at a moment ago").hasSize(2);
        time.advance(Duration.ofSeconds(5));
        anna.beat();
        runAll();
        assertThat(dismissed).containsExactly("otto", "nobody", "anna");
    }

    @Test
    void whoCameWhenEverybodyMightIsSentAwayWhenThereAreUsersByTheNextRequestOfAnybody() throws Exception {
        WebSecurity security = open("");
        List<String> dismissed = new ArrayList<>();
        security.begin(null, () -> dismissed.add("nobody"));
        write(ANNA);
        admitted(security, "anna", "right");
        assertThat(dismissed).containsExactly("nobody");
    }

    private double checks(String result) {
        return metrics.counter("tocsin_web_password_checks_total", "", "result")
                .labels(result)
                .value();
    }

    @ParameterizedTest
    @CsvSource({
        "anna, right, ADMITTED",
        "anna, wrong, UNAUTHENTICATED",
        "anna, '', UNAUTHENTICATED",
        "Anna, right, UNAUTHENTICATED",
        "otto, right, UNAUTHENTICATED",
        "'', right, UNAUTHENTICATED",
        ", right, UNAUTHENTICATED"
    })
    void usersGetInWithTheirPasswords(@Nullable String user, String password, Admission verdict) throws Exception {
        WebSecurity security = open(ANNA);
        assertThat(admitted(security, user, password)).isEqualTo(verdict);
        assertThat(admitted(security, user, password)).as("from memory").isEqualTo(verdict);
        assertThat(checks("admitted") + checks("refused")).isEqualTo(user == null ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"Basic", "Basic ", "Basic !!!", "Basic YW5uYQ==", "Bearer YW5uYTpyaWdodA==", "''"})
    void headersThatAreNoCredentialsLetNobodyIn(String header) throws Exception {
        WebSecurity security = open(ANNA);
        CompletableFuture<Admission> answer = security.admit(header).toCompletableFuture();
        runAll();
        assertThat(answer.join()).isEqualTo(Admission.UNAUTHENTICATED);
        assertThat(checks("refused")).isZero();
    }

    @Test
    void theSchemeCountsInAnyCase() throws Exception {
        WebSecurity security = open(ANNA);
        CompletableFuture<Admission> answer =
                security.admit("bAsIc YW5uYTpyaWdodA==").toCompletableFuture();
        runAll();
        assertThat(answer.join()).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void withoutUsersEverybodyGetsIn() throws Exception {
        assertThat(admitted(open(""), null, "")).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void aChangeOfTheFileCountsForTheNextRequest() throws Exception {
        WebSecurity security = open(ANNA);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        write(ANNA.replace("anna", "otto"));
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.UNAUTHENTICATED);
        assertThat(admitted(security, "otto", "right")).isEqualTo(Admission.ADMITTED);
        write("http_server_config: {headers: {X-Frame-Options: deny}}\n");
        assertThat(admitted(security, null, "")).isEqualTo(Admission.ADMITTED);
        assertThat(security.headers()).hasSize(1);
    }

    @Test
    void aNewHashOfAUserEndsTheOldPasswordAtOnce() throws Exception {
        WebSecurity security = open(ANNA);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        write("basic_auth_users: {anna: $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW}\n");
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.UNAUTHENTICATED);
        assertThat(admitted(security, "anna", "U*U")).isEqualTo(Admission.ADMITTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "basic_auth_users: [",
                "basic_auth_users: {anna: x}",
                "users: {}",
                "http_server_config: {headers: {A: b}}"
            })
    void whileTheFileIsBrokenWhatItSaidBeforeStays(String broken) throws Exception {
        WebSecurity security = open(ANNA);
        write(broken);
        assertThat(admitted(security, null, "")).isEqualTo(Admission.UNAUTHENTICATED);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        assertThat(loaded()).isZero();
        Files.delete(file());
        assertThat(admitted(security, null, "")).isEqualTo(Admission.UNAUTHENTICATED);
        write(ANNA);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        assertThat(loaded()).isOne();
    }

    private double loaded() {
        GaugeFamily family = metrics.gauge("tocsin_web_config_last_load_successful", "");
        return family.labels().value();
    }

    @Test
    void aCertificateThatComesAfterTheFileThatNamesItIsTaken() throws Exception {
        TestAuthority authority = new TestAuthority("ours");
        authority.write(folder, "node", "127.0.0.1");
        String tls = "tls_server_config: {cert_file: %1$s.pem, key_file: %1$s.key}\n";
        WebSecurity security = open(tls.formatted("node"));
        write(tls.formatted("later") + ANNA);
        assertThat(admitted(security, null, "")).as("nothing of it counts").isEqualTo(Admission.ADMITTED);
        authority.write(folder, "later", "127.0.0.1");
        assertThat(admitted(security, null, "")).isEqualTo(Admission.UNAUTHENTICATED);
        assertThat(loaded()).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tls_server_config: {cert_file: no.pem, key_file: no.key} | unable to read file",
                "tls_server_config: {cert_file: node.pem, key_file: ca.pem} | no private key found",
                "tls_server_config: {cert_file: node.pem, key_file: node.key, cipher_suites: [TLS_NONE]} | unknown cipher: TLS_NONE",
                "tls_server_config: {cert_file: node.pem, key_file: node.key, client_ca_file: node.key, client_auth_type: RequireAndVerifyClientCert} | no certificate found",
            })
    void certificatesThatCannotBeUsedStopTheStart(String config, String why) {
        new TestAuthority("ours").write(folder, "node", "127.0.0.1");
        assertThatThrownBy(() -> open(config))
                .isInstanceOf(WebConfigException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> WebSecurity.check(file(), Map.of(), time))
                .isInstanceOf(WebConfigException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aFileThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> new WebSecurity(folder.resolve("none.yml"), Map.of(), work::add, time, metrics))
                .isInstanceOf(WebConfigException.class)
                .hasMessageContaining("none.yml: no such file or directory");
    }

    @Test
    void equalRequestsShareOneCheck() throws Exception {
        WebSecurity security = open(ANNA);
        List<CompletableFuture<Admission>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(ask(security, "anna", "right"));
        }
        runAll();
        assertThat(answers).allMatch(answer -> answer.join() == Admission.ADMITTED);
        assertThat(checks("admitted")).isOne();
    }

    @Test
    void onlySoManyPasswordsWaitToBeChecked() throws Exception {
        WebSecurity security = open(ANNA);
        List<CompletableFuture<Admission>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(ask(security, "anna", "guess " + i));
        }
        runAll();
        assertThat(answers)
                .filteredOn(answer -> answer.join() == Admission.UNAUTHENTICATED)
                .hasSize(256);
        assertThat(answers)
                .filteredOn(answer -> answer.join() == Admission.BUSY)
                .hasSize(44);
        assertThat(checks("busy")).isEqualTo(44);
    }

    @Test
    void guessesDoNotPushOutThoseWhoAreIn() throws Exception {
        WebSecurity security = open(ANNA);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        for (int i = 0; i < 1100; i++) {
            ask(security, "otto", "guess " + i);
            runAll();
        }
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        assertThat(checks("admitted")).isOne();
    }

    @Test
    void requestsBeyondTheRateAreTurnedAway() throws Exception {
        WebSecurity security = open(ANNA + "rate_limit: {interval: 1s, burst: 2}\n");
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        assertThat(admitted(security, null, "")).isEqualTo(Admission.UNAUTHENTICATED);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.TOO_MANY_REQUESTS);
        time.advance(Duration.ofMillis(999));
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.TOO_MANY_REQUESTS);
        time.advance(Duration.ofMillis(1));
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        time.advance(Duration.ofHours(1));
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.ADMITTED);
        assertThat(admitted(security, "anna", "right")).isEqualTo(Admission.TOO_MANY_REQUESTS);
    }

    @Test
    void requestsThatAreTurnedAwayAreCounted() throws Exception {
        WebSecurity security = open(ANNA + "rate_limit: {interval: 1h, burst: 3}\n");
        admitted(security, "anna", "right");
        admitted(security, "anna", "wrong");
        admitted(security, null, "");
        admitted(security, "anna", "right");
        assertThat(refused("unauthenticated")).isEqualTo(2);
        assertThat(refused("rate_limit")).isOne();
        assertThat(refused("busy")).isZero();
    }

    private double refused(String reason) {
        return metrics.counter("tocsin_web_requests_refused_total", "", "reason")
                .labels(reason)
                .value();
    }

    @Test
    void anIntervalOfZeroIsNoLimit() throws Exception {
        WebSecurity security = open("rate_limit: {interval: 0s, burst: 0}\n");
        assertThat(admitted(security, null, "")).isEqualTo(Admission.ADMITTED);
    }
}
