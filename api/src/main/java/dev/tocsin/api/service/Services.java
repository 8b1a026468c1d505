package dev.tocsin.api.service;

/** Everything that clients may ask for. */
public record Services(
        AlertService alerts,
        GroupService groups,
        SilenceService silences,
        ReceiverService receivers,
        RouteService routes,
        NotificationService notifications,
        ClusterService cluster) {}
