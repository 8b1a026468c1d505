package dev.tocsin.cluster.atomix;

import io.atomix.utils.net.Address;

/**
 * Atomix knows members by their address; ours are known by their name, wherever they are. So the address that Atomix sees
 * is the name, and the real one travels as a property. Stateless.
 */
final class Names {
    /** The property with {@code ip:port}. */
    static final String REAL_ADDRESS = "address";

    private static final int ANY_PORT = 1;

    private Names() {}

    static Address address(String name) {
        return new Address(name, ANY_PORT, null);
    }

    static String name(Address address) {
        return address.host();
    }
}
