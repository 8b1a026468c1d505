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

    private final Picture<Item> picture = new Picture<>(7, Item::key, Objects::equals);

    private Watch<Item> watch(String cursor) {
        return picture.open("all", item -> true, cursor, () -> {}, () -> {});
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
        Watch<Item> watch = picture.open("even", item -> item.state() % 2 == 0, "", () -> {}, () -> {});
        Client client = new Client();
        client.drain(watch);

        picture.update(Map.of("k00000", new Item("k00000", 1), "new", new Item("new", 3)));
        Batch<Item> batch = Objects.requireNonNull(watch.next());

        assertThat(batch.removed()).containsExactly("k00000");
        assertThat(batch.upserted()).isEmpty();
    }

    @Test
    void aCursorOfAnotherPictureBeginsAgainAndADamagedOneIsRefused() {
        fill(1);
        Client client = new Client();
        client.drain(watch(""));
        Picture<Item> elsewhere = new Picture<>(8, Item::key, Objects::equals);
        elsewhere.replace(List.of());

        Watch<Item> other = elsewhere.open("all", item -> true, client.cursor, () -> {}, () -> {});
        assertThat(Objects.requireNonNull(other.next()).kind()).isEqualTo(Batch.Kind.RESET);
        assertThat(Objects.requireNonNull(watch(client.cursor).next()).kind()).isEqualTo(Batch.Kind.SYNCED);
        assertThatThrownBy(() -> watch("x" + client.cursor)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> watch("ä")).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> picture.open("other", item -> true, client.cursor, () -> {}, () -> {}))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.reason()).isEqualTo("CURSOR_MISMATCH"));
    }
}
