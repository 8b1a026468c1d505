package dev.tocsin.app;

import java.lang.reflect.Proxy;

/**
 * Hears the signals of the operating system. The JDK's only way is {@code sun.misc.Signal}, which the compiler refuses to
 * name without a warning; so it is looked up.
 */
final class ProcessSignal {
    private ProcessSignal() {}

    /**
     * Runs {@code action} at each signal called {@code name}, such as {@code TERM}, instead of what the JVM would do.
     *
     * @throws IllegalStateException if the runtime has no signals
     */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    ProcessSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime does not hear signals", e);
        }
    }
}
