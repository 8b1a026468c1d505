package dev.tocsin.api.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;

/** What a failure says beside its code. */
final class Details {
    private Details() {}

    static ErrorInfo info(StatusRuntimeException failure) throws InvalidProtocolBufferException {
        return of(failure, ErrorInfo.class);
    }

    static BadRequest badRequest(StatusRuntimeException failure) throws InvalidProtocolBufferException {
        return of(failure, BadRequest.class);
    }

    private static <T extends Message> T of(StatusRuntimeException failure, Class<T> type)
            throws InvalidProtocolBufferException {
        for (Any detail :
                Objects.requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList()) {
            if (detail.is(type)) {
                return detail.unpack(type);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + failure);
    }
}
