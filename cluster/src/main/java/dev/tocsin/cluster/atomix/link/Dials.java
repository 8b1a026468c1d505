package dev.tocsin.cluster.atomix.link;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The addresses that are dialed, in the order in which they came up. On the hub loop only. */
final class Dials {
    private final Map<InetSocketAddress, Dial> byAddress = new LinkedHashMap<>();

    @Nullable Dial at(@Nullable InetSocketAddress address) {
        return address == null ? null : byAddress.get(address);
    }

    int size() {
        return byAddress.size();
    }

    void add(Dial dial) {
        byAddress.put(dial.address, dial);
    }

    /** Removes it, and does not try it again. */
    void remove(Dial dial) {
        dial.timer.cancel();
        byAddress.remove(dial.address);
    }

    boolean contains(Dial dial) {
        return byAddress.get(dial.address) == dial;
    }

    /** All of them; a copy. */
    List<Dial> all() {
        return List.copyOf(byAddress.values());
    }

    /** Those at which {@code name} answered last, or is said to be; a copy. */
    List<Dial> of(String name) {
        List<Dial> found = new ArrayList<>(1);
        for (Dial dial : byAddress.values()) {
            if (name.equals(dial.name)) {
                found.add(dial);
            }
        }
        return found;
    }

    /** None of them is tried again. */
    void stop() {
        for (Dial dial : byAddress.values()) {
            dial.timer.cancel();
        }
    }
}
