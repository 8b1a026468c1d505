package dev.tocsin.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.api.service.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private record Item(String key, int state) {}

    /** What a client makes of a watch. It fails on what it has had already, and on what goes that it never had. */
    private static final class Client {
        final Map<String, Item> items = new TreeMap<>();
        String cursor = "";
        int resets;
        boolean synced;

        void take(Batch<Item> batch) {
            if (batch.kind() == Batch.Kind.RESET) {
                items.clear();
                resets++;
                synced = false;
            }
            for (Item item : batch.upserted()) {
                assertThat(items.put(item.key(), item)).isNotEqualTo(item);
            }
            for (String key : batch.removed()) {
                assertThat(items.remove(key)).isNotNull();
            }
            synced |= batch.kind() == Batch.Kind.SYNCED;
            cursor = batch.cursor();
        }

        void drain(Watch<Item> watch) {
            for (Batch<Item> batch = watch.next(); batch != null; batch = watch.next()) {
                take(batch);
            }
        }
    }

    private final Picture<Item> picture = new Picture<>(7, Item::key, Objects::equals, Item::state);

    private Watch<Item> watch(String cursor) {
        return picture.open("all", item -> true, cursor, Known.nothing(), () -> {}, () -> {});
    }

    private void fill(int items) {
        List<Item> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            all.add(new Item("k%05d".formatted(i), 0));
        }
        picture.replace(all);
    }

    @Test
    void nothingIsTellableBeforeThePictureIsFilled() {
        Watch<Item> watch = watch("");

        assertThat(watch.next()).isNull();
        fill(0);

        assertThat(Objects.requireNonNull(watch.next()).kind()).isEqualTo(Batch.Kind.RESET);
        assertThat(Objects.requireNonNull(watch.next()).kind()).isEqualTo(Batch.Kind.SYNCED);
        assertThat(watch.next()).isNull();
    }

    /** Readers that pull at random between random changes have the same picture in the end, without a repeat. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoeverPullsAtWhateverPaceHasThePictureAndNoItemTwice(long seed) {
        Random random = new Random(seed);
        fill(500);
        Map<String, Item> truth = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            truth.put("k%05d".formatted(i), new Item("k%05d".formatted(i), 0));
        }
        List<Client> clients = new ArrayList<>();
        List<Watch<Item>> watches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(new Client());
            watches.add(watch(""));
        }
        for (int step = 0; step < 2_000; step++) {
            String key = "k%05d".formatted(random.nextInt(700));
            Map<String, @Nullable Item> change = new HashMap<>();
            change.put(key, random.nextInt(4) == 0 ? null : new Item(key, random.nextInt(3)));
            change.forEach((name, item) -> {
                if (item == null) {
                    truth.remove(name);
                } else {
                    truth.put(name, item);
                }
            });
            picture.update(change);
            int i = random.nextInt(clients.size());
            for (int pulls = random.nextInt(3); pulls > 0; pulls--) {
                Batch<Item> batch = watches.get(i).next();
                if (batch != null) {
                    clients.get(i).take(batch);
                }
            }
            if (random.nextInt(50) == 0 && !clients.get(i).cursor.isEmpty()) {
                watches.get(i).close();
                watches.set(i, watch(clients.get(i).cursor));
            }
        }
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).drain(watches.get(i));
            assertThat(clients.get(i).items).isEqualTo(truth);
            assertThat(clients.get(i).synced).isTrue();
            assertThat(clients.get(i).resets).isEqualTo(1);
        }
    }

    @Test
    void whoIsTooFarBehindBeginsAgain() {
        fill(3);
        Client client = new Client();
        Watch<Item> watch = watch("");
        client.drain(watch);
        for (int i = 0; i <= Picture.KEPT; i++) {
            picture.update(Map.of("k00001", new Item("k00001", i + 1)));
        }

        client.drain(watch);

        assertThat(client.resets).isEqualTo(2);
        assertThat(Objects.requireNonNull(client.items.get("k00001")).state()).isEqualTo(Picture.KEPT + 1);
    }

    @Test
    void anItemThatLeavesTheFilterIsRemovedAndOneThatNeverWasInIsNotTold() {
        fill(2);
        Watch<Item> watch =
                picture.open("even", item -> item.state() % 2 == 0, "", Known.nothing(), () -> {}, () -> {});
        Client client = new Client();
        client.drain(watch);

        picture.update(Map.of("k00000", new Item("k00000", 1), "new", new Item("new", 3)));
        Batch<Item> batch = Objects.requireNonNull(watch.next());

        assertThat(batch.removed()).containsExactly("k00000");
        assertThat(batch.upserted()).isEmpty();
    }

    /** Clients that go from node to node, also in the middle of a snapshot, hear of what differs and of nothing else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoSaysWhatItHasIsToldWhatDiffersAndNothingElse(long seed) {
        Random random = new Random(seed);
        fill(500);
        Map<String, Item> truth = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            truth.put("k%05d".formatted(i), new Item("k%05d".formatted(i), 0));
        }
        Client client = new Client();
        List<String> released = new ArrayList<>();
        Watch<Item> watch = watch("");
        client.take(Objects.requireNonNull(watch.next()));
        for (int move = 0; move < 50; move++) {
            for (int pulls = random.nextInt(move % 2 == 0 ? 6 : 20); pulls > 0; pulls--) {
                Batch<Item> batch = watch.next();
                if (batch != null) {
                    client.take(batch);
                }
                change(random, truth);
            }
            watch.close();
            for (int changes = random.nextInt(100); changes > 0; changes--) {
                change(random, truth);
            }
            Map<String, Long> has = new HashMap<>();
            client.items.forEach((key, item) -> has.put(key, (long) item.state()));
            watch = picture.open("all", item -> true, "", new Known(has, () -> released.add("")), () -> {}, () -> {});
        }
        client.synced = false;
        client.drain(watch);

        assertThat(client.items).isEqualTo(truth);
        assertThat(client.synced).isTrue();
        assertThat(client.resets).isEqualTo(1);
        assertThat(released).hasSize(50);
    }

    private void change(Random random, Map<String, Item> truth) {
        String key = "k%05d".formatted(random.nextInt(700));
        Map<String, @Nullable Item> change = new HashMap<>();
        Item item = random.nextInt(4) == 0 ? null : new Item(key, random.nextInt(3));
        change.put(key, item);
        if (item == null) {
            truth.remove(key);
        } else {
            truth.put(key, item);
        }
        picture.update(change);
    }

    @Test
    void whatAClientHasThatIsGoneOrDoesNotPassIsRemovedInBatches() {
        fill(10);
        Map<String, Long> has = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            has.put("a" + i, 0L);
            has.put("z" + i, 0L);
        }
        has.put("k00003", 0L);
        has.put("k00004", 1L);
        List<String> removed = new ArrayList<>();
        List<String> upserted = new ArrayList<>();
        Watch<Item> watch = picture.open(
                "some", item -> !item.key().equals("k00003"), "", new Known(has, () -> {}), () -> {}, () -> {});
        for (Batch<Item> batch = watch.next(); batch != null; batch = watch.next()) {
            assertThat(batch.kind()).isNotEqualTo(Batch.Kind.RESET);
            assertThat(batch.upserted().size() + batch.removed().size()).isLessThanOrEqualTo(2 * Picture.BATCH);
            removed.addAll(batch.removed());
            batch.upserted().forEach(item -> upserted.add(item.key()));
        }

        assertThat(removed).hasSize(2_001).contains("k00003").isSorted();
        assertThat(upserted).hasSize(9).contains("k00004");
    }

    @Test
    void aCursorThatStillHoldsIsTakenInsteadOfWhatIsKnown() {
        fill(3);
        Client client = new Client();
        client.drain(watch(""));
        List<String> released = new ArrayList<>();
        Watch<Item> again = picture.open(
                "all",
                item -> true,
                client.cursor,
                new Known(Map.of("x", 1L), () -> released.add("")),
                () -> {},
                () -> {});

        assertThat(released).hasSize(1);
        assertThat(Objects.requireNonNull(again.next()).kind()).isEqualTo(Batch.Kind.SYNCED);
        again.close();
        assertThat(released).hasSize(1);
    }

    @Test
    void aCursorOfAnotherPictureBeginsAgainAndADamagedOneIsRefused() {
        fill(1);
        Client client = new Client();
        client.drain(watch(""));
        Picture<Item> elsewhere = new Picture<>(8, Item::key, Objects::equals, Item::state);
        elsewhere.replace(List.of());

        Watch<Item> other = elsewhere.open("all", item -> true, client.cursor, Known.nothing(), () -> {}, () -> {});
        assertThat(Objects.requireNonNull(other.next()).kind()).isEqualTo(Batch.Kind.RESET);
        assertThat(Objects.requireNonNull(watch(client.cursor).next()).kind()).isEqualTo(Batch.Kind.SYNCED);
        assertThatThrownBy(() -> watch("x" + client.cursor)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> watch("ä")).isInstanceOf(ServiceException.class);
        assertThatThrownBy(
                        () -> picture.open("other", item -> true, client.cursor, Known.nothing(), () -> {}, () -> {}))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.reason()).isEqualTo("CURSOR_MISMATCH"));
    }
}
