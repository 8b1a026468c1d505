package dev.tocsin.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Answers calls with one message. */
final class Replies {
    private Replies() {}

    /** Answers with what {@code answer} gives or throws. */
    static <T> void now(StreamObserver<T> out, Supplier<T> answer) {
        T message;
        try {
            message = answer.get();
        } catch (RuntimeException e) {
            out.onError(Failures.status(e));
            return;
        }
        out.onNext(message);
        out.onCompleted();
    }

    /** Answers when the stage completes; whoever does not wait any more gets nothing. */
    static <T> void later(StreamObserver<T> out, Supplier<CompletionStage<T>> answer) {
        ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) out;
        // without a handler a late answer to a cancelled call would throw
        call.setOnCancelHandler(() -> {});
        CompletionStage<T> stage;
        try {
            stage = answer.get();
        } catch (RuntimeException e) {
            out.onError(Failures.status(e));
            return;
        }
        stage.whenComplete((message, failure) -> {
            if (failure != null) {
                out.onError(Failures.status(failure));
            } else {
                out.onNext(message);
                out.onCompleted();
            }
        });
    }
}
