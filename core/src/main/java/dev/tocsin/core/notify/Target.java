package dev.tocsin.core.notify;

/**
 * An integration that can be sent to.
 *
 * @param receiver the receiver's name
 * @param integration the integration's name, such as {@code webhook}
 * @param index its place among the receiver's integrations of that name, from 0
 * @param sendResolved whether it is told about resolved alerts
 */
public record Target(String receiver, String integration, int index, boolean sendResolved, Notifier notifier) {
    /** The form that notifications carry: {@code webhook[0]}. */
    public String name() {
        return integration + "[" + index + "]";
    }

    /** The form used in logs: {@code team-x/webhook[0]}. */
    @Override
    public String toString() {
        return receiver + "/" + name();
    }
}
