/** gRPC: translates tocsin.v1 to the services, and guards and bounds its port. */
@NullMarked
package dev.tocsin.api.grpc;

import org.jspecify.annotations.NullMarked;
