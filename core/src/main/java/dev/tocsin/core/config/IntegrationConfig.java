package dev.tocsin.core.config;

/** The settings of one integration of a receiver. Each kind of integration has its own record that implements this. */
public interface IntegrationConfig {
    /** Whether the receiver is told when alerts resolve. */
    boolean sendResolved();
}
