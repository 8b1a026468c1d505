package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceListRequest;
import dev.tocsin.api.service.AlertQuery;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.PageRequest;
import dev.tocsin.core.runtime.Clock;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/**
 * AlertService.List, whose answers are written without messages: a method of its own, because the generated service knows
 * only messages. Safe for all threads.
 */
final class AlertListing {
    /** Where a page is cut, in bytes: clients take messages of up to 4 MiB unless told otherwise. */
    static final int MAX_BYTES = 3 << 20;

    private final AlertService alerts;
    private final Clock clock;

    AlertListing(AlertService alerts, Clock clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    /** The service of {@code others} with this List in place of theirs. */
    BindableService with(AlertServiceGrpc.AlertServiceImplBase others) {
        return () -> {
            ServerServiceDefinition theirs = others.bindService();
            List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
            for (ServerMethodDefinition<?, ?> method : theirs.getMethods()) {
                methods.add(method.getMethodDescriptor() == AlertServiceGrpc.getListMethod() ? method() : method);
            }
            ServiceDescriptor.Builder service = ServiceDescriptor.newBuilder(
                            theirs.getServiceDescriptor().getName())
                    .setSchemaDescriptor(theirs.getServiceDescriptor().getSchemaDescriptor());
            methods.forEach(method -> service.addMethod(method.getMethodDescriptor()));
            ServerServiceDefinition.Builder all = ServerServiceDefinition.builder(service.build());
            methods.forEach(all::addMethod);
            return all.build();
        };
    }

    private ServerMethodDefinition<AlertServiceListRequest, AlertPage> method() {
        MethodDescriptor<AlertServiceListRequest, ?> generated = AlertServiceGrpc.getListMethod();
        return ServerMethodDefinition.create(
                generated.toBuilder(generated.getRequestMarshaller(), new AlertPage.Marshaller())
                        .build(),
                ServerCalls.asyncUnaryCall(this::list));
    }

    private void list(AlertServiceListRequest request, StreamObserver<AlertPage> out) {
        Replies.now(out, () -> {
            AlertWire wire = new AlertWire(AlertMessages.fields(request.getReadMask()), clock.now());
            AlertPage.Builder page = new AlertPage.Builder(wire, MAX_BYTES);
            AlertQuery query = AlertMessages.query(request.getFilter());
            return page.build(alerts.list(query, new PageRequest(request.getPageSize(), request.getPageToken()), page));
        });
    }
}
