package dev.tocsin.cluster.atomix.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/** Asks the system's resolver for addresses (A, AAAA) and DNS itself for service records (SRV, RFC 2782). Stateless. */
public final class DnsLookup implements Lookup {
    private static final int SRV_FIELDS = 4;

    /** Nothing to set up. */
    public DnsLookup() {}

    /** Whether it names a service record: those begin with an underscore, host names never do. */
    public static boolean isService(String peer) {
        return peer.startsWith("_") && peer.indexOf(':') < 0;
    }

    @Override
    public Set<InetSocketAddress> resolve(String peer) throws IOException {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        if (isService(peer)) {
            for (HostAndPort target : service(peer)) {
                addAll(target, addresses);
            }
        } else {
            addAll(HostAndPort.parse(peer), addresses);
        }
        return addresses;
    }

    private static void addAll(HostAndPort target, Set<InetSocketAddress> addresses) throws IOException {
        for (InetAddress address : InetAddress.getAllByName(target.host())) {
            addresses.add(new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), target.port()));
        }
    }

    /** JNDI wants a Hashtable; its DNS provider reads text records and never makes objects of what it gets. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static Set<HostAndPort> service(String name) throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", "1000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            DirContext context = new InitialDirContext(environment);
            try {
                Attributes answer = context.getAttributes("dns:///" + name, new String[] {"SRV"});
                return targets(name, answer.get("SRV"));
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            throw new IOException("lookup SRV " + name + ": " + e.getMessage(), e);
        }
    }

    private static Set<HostAndPort> targets(String name, @Nullable Attribute records)
            throws NamingException, IOException {
        Set<HostAndPort> targets = new LinkedHashSet<>();
        if (records == null) {
            return targets;
        }
        NamingEnumeration<?> all = records.getAll();
        while (all.hasMore()) {
            String[] fields = String.valueOf(all.next()).split(" ", -1);
            if (fields.length != SRV_FIELDS) {
                throw new IOException("lookup SRV " + name + ": not a service record");
            }
            String host = fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
            targets.add(new HostAndPort(host, Integer.parseInt(fields[2])));
        }
        return targets;
    }
}
