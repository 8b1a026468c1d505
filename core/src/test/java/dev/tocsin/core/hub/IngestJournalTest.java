package dev.tocsin.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.AlertValidator;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.ingest.ValidatedBatch;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.AlertStoreOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal tells of alerts that a batch does not bring in. */
class IngestJournalTest {
    private static final AlertSource SENDER = new AlertSource("192.0.2.1", "curl/8");

    private final VirtualTime time = new VirtualTime();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MemoryJournal journal = new MemoryJournal("a", time, metrics, 10_000, 10_000_000);
    private final IngestJournal arrivals = new IngestJournal(journal, time);
    private final AlertValidator validator = new AlertValidator(MatcherMode.FALLBACK, ZoneOffset.UTC, metrics);
    private final AlertStore store = new AlertStore(
            new AlertStoreOptions(Duration.ofMinutes(30), 2, false, false),
            time,
            time,
            new MemoryStorage(time),
            metrics);

    @BeforeEach
    void listen() throws IOException {
        store.load();
        store.subscribe("inhibitor", new AlertStore.Subscriber() {
            @Override
            public void stored(Alert now, @Nullable Alert before) {
                arrivals.stored(now, before);
            }

            @Override
            public void removed(Alert alert) {}

            @Override
            public void limited(Alert alert, int limit) {
                arrivals.limited(alert, limit);
            }
        });
    }

    private void post(List<PostedAlert> batch) {
        ValidatedBatch valid = validator.validate(batch, time.now(), Duration.ofMinutes(5));
        arrivals.begin(SENDER);
        store.put(valid.alerts(), SENDER, () -> {});
        arrivals.end(valid);
    }

    private static PostedAlert alert(LabelSet labels) {
        return new PostedAlert(labels, LabelSet.EMPTY, null, null, "");
    }

    private PostedAlert backwards(LabelSet labels) {
        OffsetDateTime now = time.now().atOffset(ZoneOffset.UTC);
        return new PostedAlert(labels, LabelSet.EMPTY, now, now.minusSeconds(1), "");
    }

    private List<String> told() {
        List<JournalEntry> newestFirst =
                journal.query(JournalFilter.ALL, JournalCursor.NONE, 10_000).entries();
        return newestFirst.reversed().stream()
                .map(entry -> entry.event().reason())
                .filter(reason -> !reason.startsWith("alert "))
                .toList();
    }

    @Test
    void eachRefusedAlertIsToldWithItsOwnReason() {
        LabelSet swapped = LabelSet.of("alertname", "swapped");
        post(List.of(alert(LabelSet.EMPTY), alert(LabelSet.of("alertname", "good")), backwards(swapped)));
        assertThat(told())
                .containsExactly(
                        "received 1 alert from 192.0.2.1, 1 changed, 2 refused",
                        "refused from 192.0.2.1: at least one label pair required",
                        "refused from 192.0.2.1: start time must be before end time");
    }

    @Test
    void aRefusedAlertIsFoundByItsFingerprintAndOneWithoutLabelsByNone() {
        LabelSet swapped = LabelSet.of("alertname", "swapped");
        post(List.of(alert(LabelSet.EMPTY), backwards(swapped)));
        assertThat(concerning(swapped)).containsExactly("refused from 192.0.2.1: start time must be before end time");
        assertThat(concerning(LabelSet.EMPTY)).isEmpty();
    }

    private List<String> concerning(LabelSet labels) {
        return journal
                .query(JournalFilter.ALL.fingerprint(labels.fingerprint()), JournalCursor.NONE, 100)
                .entries()
                .stream()
                .map(entry -> entry.event().reason())
                .toList();
    }

    @Test
    void anAlertBeyondTheLimitOfItsNameIsToldAndFoundByItsFingerprint() {
        List<PostedAlert> batch = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            batch.add(alert(LabelSet.of("alertname", "many", "i", "" + i)));
        }
        post(batch);
        assertThat(concerning(LabelSet.of("alertname", "many", "i", "2")))
                .containsExactly("not stored: the limit of 2 alerts of one name is reached");
    }

    @Test
    void whatIsTooMuchToTellOneByOneIsCounted() {
        List<PostedAlert> batch = new ArrayList<>();
        for (int i = 0; i < IngestJournal.MAX_TOLD + 7; i++) {
            batch.add(alert(LabelSet.EMPTY));
        }
        for (int i = 0; i < IngestJournal.MAX_TOLD + 5; i++) {
            batch.add(alert(LabelSet.of("alertname", "many", "i", "" + i)));
        }
        post(batch);
        assertThat(told())
                .hasSize(2 * IngestJournal.MAX_TOLD + 2)
                .endsWith("from 192.0.2.1 7 more alerts refused and 3 more dropped at the limit of their name");
        post(List.of(alert(LabelSet.EMPTY)));
        assertThat(told()).endsWith("refused from 192.0.2.1: at least one label pair required");
    }
}
