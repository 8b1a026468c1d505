package dev.tocsin.api.grpc;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.tocsin.api.service.ServiceException;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into statuses with details (google.rpc.Status). */
final class Failures {
    private static final String DOMAIN = "tocsin.dev";
    private static final int MAX_TEXT = 2_048;

    private Failures() {}

    static StatusRuntimeException status(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case ServiceException known -> detailed(known);
            case StatusRuntimeException ready -> ready;
            case StatusException ready -> ready.getStatus().asRuntimeException(ready.getTrailers());
            case IOException disk -> of(Code.INTERNAL, "STORAGE", String.valueOf(disk.getMessage()));
            default -> unexpected(cause);
        };
    }

    /** A failure with a stable reason. */
    static StatusRuntimeException of(Code code, String reason, String text) {
        return StatusProto.toStatusRuntimeException(
                status(code, text).addDetails(info(reason)).build());
    }

    private static StatusRuntimeException unexpected(Throwable cause) {
        Logger log = LoggerFactory.getLogger(Failures.class);
        log.atError().addKeyValue("component", "grpc").setCause(cause).log("A call failed unexpectedly");
        return of(Code.INTERNAL, "UNEXPECTED", "unexpected failure; the node's log has the details");
    }

    private static StatusRuntimeException detailed(ServiceException known) {
        Code code = switch (known.fault()) {
            case INVALID -> Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Code.NOT_FOUND;
            case PRECONDITION -> Code.FAILED_PRECONDITION;
            case EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Code.UNAVAILABLE;
        };
        com.google.rpc.Status.Builder status = status(code, known.text()).addDetails(info(known.reason()));
        if (!known.violations().isEmpty()) {
            BadRequest.Builder bad = BadRequest.newBuilder();
            known.violations()
                    .forEach(one -> bad.addFieldViolationsBuilder()
                            .setField(one.field())
                            .setDescription(cut(one.description())));
            status.addDetails(Any.pack(bad.build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private static com.google.rpc.Status.Builder status(Code code, String text) {
        return com.google.rpc.Status.newBuilder().setCode(code.getNumber()).setMessage(cut(text));
    }

    /** Statuses travel in headers, whose size clients bound. */
    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    private static Any info(String reason) {
        return Any.pack(
                ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build());
    }
}
