package dev.tocsin.core.store.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences.Draft;
import dev.tocsin.core.silence.Silences.SetResult;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Silences across restarts, crashes and full disks. */
class SilenceStoreDiskTest extends SilenceStoreFixture {
    @Test
    void anAnsweredEditSurvivesTheLossOfPowerTheNextInstant() throws IOException {
        String id = create(draft("", 0, 3600, "alertname", "Down"));
        String expired = create(draft("", 0, 3600, "a", "b"));
        await(store.expire(expired));
        String replaced = create(draft("", 0, 3600, "a", "c"));
        String by = create(draft(replaced, 100, 3600, "a", "c"));
        Silence before = get(id);
        storage = storage.crash();
        restart(OPTIONS);
        assertThat(get(id)).isEqualTo(before);
        assertThat(state(expired)).isEqualTo(Silence.State.EXPIRED);
        assertThat(state(replaced)).isEqualTo(Silence.State.EXPIRED);
        assertThat(state(by)).isEqualTo(Silence.State.PENDING);
        assertThat(store.silencedBy(ALERT, time.now())).containsExactly(id);
    }

    @Test
    void anEditIsNotAnsweredBeforeItIsOnTheDisk() {
        CompletionStage<SetResult> stage = store.set(draft("", 0, 3600, "a", "b"));
        assertThat(stage.toCompletableFuture()).isNotDone();
        time.settle();
        assertThat(stage.toCompletableFuture()).isDone();
    }

    @Test
    void onAFullDiskASilenceIsInForceAndTheClientHearsThatItIsNotSaved() throws IOException {
        storage.room(0);
        CompletionStage<SetResult> stage = store.set(draft("", 0, 3600, "alertname", "Down"));
        time.settle();
        String id = store.silencedBy(ALERT, time.now()).getFirst();
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "silence " + id + " is changed, but not saved: No space left on device; a restart would forget"
                                + " the change unless the disk works again before");
        storage.room(Long.MAX_VALUE);
        time.advance(Duration.ofSeconds(1));
        storage = storage.crash();
        restart(OPTIONS);
        assertThat(store.silencedBy(ALERT, time.now())).containsExactly(id);
    }

    @Test
    void silencesAreForgottenWhenTheirRetentionIsOver() throws IOException {
        String id = create(draft("", 0, 60, "a", "b"));
        String other = create(draft("", 0, 3600, "a", "c"));
        store.start();
        time.advance(Duration.ofSeconds(59).plus(OPTIONS.retention()));
        assertThat(store.find(id)).isNotNull();
        time.advance(OPTIONS.maintenanceInterval());
        assertThat(store.find(id)).isNull();
        assertThat(store.find(other)).isNotNull();
        time.advance(Duration.ofHours(2));
        assertThat(store.list(List.of())).isEmpty();
        restart(OPTIONS);
        assertThat(store.list(List.of())).isEmpty();
    }

    @Test
    void theSnapshotOfAlertmanagerIsWrittenAtMaintenanceAndAtStop() throws IOException {
        store.start();
        create(draft("", 0, 3600, "a", "b"));
        assertThat(storage.readFile("silences")).isNull();
        time.advance(OPTIONS.maintenanceInterval());
        assertThat(snapshot()).isEqualTo(store.list(List.of()));
        assertThat(value("_maintenance_total")).isEqualTo(1);
        assertThat(value("_snapshot_duration_seconds")).isEqualTo(1);
        assertThat(value("_snapshot_size_bytes")).isPositive();
        create(draft("", 0, 3600, "a", "c"));
        store.stop();
        assertThat(snapshot()).containsExactlyInAnyOrderElementsOf(store.list(List.of()));
        time.advance(Duration.ofHours(1));
        assertThat(value("_maintenance_total")).isEqualTo(2);
    }

    @Test
    void aSnapshotThatCannotBeWrittenIsCountedAndTriedAgain() throws IOException {
        store.start();
        create(draft("", 0, 36_000, "a", "b"));
        storage.failWith("Read-only file system");
        time.advance(OPTIONS.maintenanceInterval());
        assertThat(value("_maintenance_errors_total")).isEqualTo(1);
        storage.failWith(null);
        time.advance(OPTIONS.maintenanceInterval());
        assertThat(value("_maintenance_errors_total")).isEqualTo(1);
        assertThat(storage.readFile("silences")).isNotEmpty();
    }

    @Test
    void theDataFolderOfAlertmanagerKeepsItsSilences() throws IOException {
        String mine = create(draft("", 0, 3600, "a", "b"));
        String both = create(draft("", 0, 3600, "alertname", "Down"));
        Silence old = get(both);
        Silence theirs = copy(old, "11111111-1111-4111-8111-111111111111", old.updatedAt());
        Silence newer = copy(old, both, old.updatedAt().plusSeconds(1));
        Silence older = copy(old, mine, old.updatedAt().minusSeconds(1));
        Silence gone = new Silence(
                "gone",
                old.matcherSets(),
                old.startsAt(),
                old.endsAt(),
                old.updatedAt(),
                "",
                "",
                Map.of(),
                time.now().minusSeconds(1));
        storage = storage.crash();
        storage.put("silences", SilenceSnapshot.encode(List.of(theirs, newer, older, gone)));
        restart(OPTIONS);
        time.settle();
        assertThat(get(mine).matcherSets().getFirst()).containsExactly(Matcher.equal("a", "b"));
        assertThat(get(both)).isEqualTo(newer);
        assertThat(get(theirs.id())).isEqualTo(theirs);
        assertThat(store.find("gone")).isNull();
        assertThat(store.silencedBy(ALERT, time.now())).containsExactlyInAnyOrder(theirs.id(), both);
        storage.put("silences", new byte[0]);
        storage = storage.crash();
        restart(OPTIONS);
        assertThat(get(theirs.id())).isEqualTo(theirs);
    }

    private static Silence copy(Silence silence, String id, Instant updatedAt) {
        return new Silence(
                id,
                silence.matcherSets(),
                silence.startsAt(),
                silence.endsAt(),
                updatedAt,
                "them",
                "",
                Map.of(),
                silence.expiresAt());
    }

    @Test
    void aDamagedSnapshotStopsTheStart() {
        storage.put("silences", new byte[] {5, 1});
        assertThatThrownBy(() -> restart(OPTIONS))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the snapshot file silences is damaged: record 1 at offset 0 cannot be decoded")
                .hasMessageEndingWith("restore it from a backup, or move it away to start without it");
    }

    @Test
    void aLogOfSomethingElseStopsTheStart() throws IOException {
        storage = storage.crash();
        storage.openLog("silences", record -> {}).append(new byte[] {1, 2, 3}, Storage.Durability.SYNCED, error -> {});
        time.settle();
        storage = storage.crash();
        assertThatThrownBy(() -> restart(OPTIONS))
                .hasMessageStartingWith("the log silences.log holds something else than silences");
    }

    @Test
    void theLogIsShortenedWhenItHasGrown() throws IOException {
        store.start();
        String id = create(draft("", 0, 360_000, "a", "b"));
        String comment = "x".repeat(10_000);
        for (int i = 0; i < 200; i++) {
            Draft draft = draft(id, 0, 360_000 + i, "a", "b");
            create(new Draft(id, draft.matchers(), draft.startsAt(), draft.endsAt(), "me", comment, Map.of()));
        }
        Silence last = get(id);
        storage = storage.kill();
        List<byte[]> records = new ArrayList<>();
        storage.openLog("silences", records::add).close();
        assertThat(records).hasSizeLessThan(150);
        restart(OPTIONS);
        assertThat(get(id)).isEqualTo(last);
    }
}
