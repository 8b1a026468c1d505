package dev.tocsin.api.web;

import dev.tocsin.core.tls.server.ServerEngines;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** Makes engines that agree with the client on a protocol (ALPN), in Netty's wrapper: only that tells Netty which. */
final class AlpnEngines {
    private AlpnEngines() {}

    /** @param protocols what is offered, the preferred one first; not empty */
    static SSLEngine of(ServerEngines engines, List<String> protocols) {
        SSLEngine engine = new JdkSslContext(
                        engines.context(),
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        new ApplicationProtocolConfig(
                                ApplicationProtocolConfig.Protocol.ALPN,
                                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                offered(engines.tls().cipherSuites(), protocols)),
                        ClientAuth.NONE,
                        null,
                        false)
                .newEngine(ByteBufAllocator.DEFAULT);
        engines.configure(engine);
        return engine;
    }

    /** Without HTTP/2 if its standard (RFC 9113) bans one of the suites: clients would break the connection off. */
    private static List<String> offered(List<String> suites, List<String> protocols) {
        List<String> offered = new ArrayList<>(protocols);
        for (String suite : suites) {
            boolean banned = suite.contains("_WITH_") && !suite.contains("_GCM_") && !suite.contains("_CHACHA20_");
            if (banned && offered.size() > 1) {
                offered.remove(ApplicationProtocolNames.HTTP_2);
            }
        }
        return offered;
    }
}
