import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Follows what a cluster decides and does, and goes on at the next address when a node dies: nothing is missed, nothing comes
 * twice. Made from what the nodes say of themselves (gRPC reflection) alone; a client with generated classes is shorter.
 *
 * <p>{@code java -cp 'deploy/target/lib/*' deploy/examples/FollowNotifications.java 127.0.0.1:9095 127.0.0.1:9195}
 */
public final class FollowNotifications {
    private static final String SERVICE = "tocsin.v1.NotificationService";

    private String cursor = "";

    private FollowNotifications() {}

    public static void main(String[] addresses) throws Exception {
        if (addresses.length == 0) {
            System.err.println("usage: java FollowNotifications.java HOST:PORT...");
            System.exit(2);
        }
        FollowNotifications follower = new FollowNotifications();
        for (int i = 0; ; i = (i + 1) % addresses.length) {
            ManagedChannel channel = Grpc.newChannelBuilder(addresses[i], InsecureChannelCredentials.create())
                    .keepAliveTime(10, TimeUnit.SECONDS)
                    .build();
            try {
                follower.follow(channel, addresses[i]);
            } catch (StatusRuntimeException e) {
                System.err.println(addresses[i] + ": " + e.getStatus());
                switch (e.getStatus().getCode()) {
                    case INVALID_ARGUMENT, UNAUTHENTICATED, UNIMPLEMENTED -> System.exit(1);
                    default -> Thread.sleep(500);
                }
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private void follow(ManagedChannel channel, String address) throws Exception {
        ServiceDescriptor service = describe(channel).findServiceByName("NotificationService");
        var method = service.findMethodByName("Watch");
        MethodDescriptor<DynamicMessage, DynamicMessage> watch =
                MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                        .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                        .setFullMethodName(SERVICE + "/Watch")
                        .setRequestMarshaller(marshaller(method.getInputType()))
                        .setResponseMarshaller(marshaller(method.getOutputType()))
                        .build();
        Descriptor input = method.getInputType();
        DynamicMessage request = DynamicMessage.newBuilder(input)
                .setField(input.findFieldByName("cursor"), cursor)
                .build();
        Iterator<DynamicMessage> messages =
                ClientCalls.blockingServerStreamingCall(channel, watch, CallOptions.DEFAULT, request);
        System.err.println("following at " + address);
        while (messages.hasNext()) {
            DynamicMessage message = messages.next();
            for (Object entry : (List<?>) field(message, "entries")) {
                DynamicMessage told = (DynamicMessage) entry;
                System.out.println(field(told, "node") + "/" + field(told, "offset") + " " + field(told, "kind") + ": "
                        + field(told, "reason"));
            }
            // only after its entries were dealt with
            cursor = (String) field(message, "cursor");
        }
    }

    private static Object field(DynamicMessage message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
        return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
    }

    /** The file that declares the service, with all that it imports. */
    private static FileDescriptor describe(ManagedChannel channel) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> ask =
                ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        ask.onNext(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(SERVICE)
                .build());
        Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
        try {
            for (ByteString file :
                    answer.get(10, TimeUnit.SECONDS).getFileDescriptorResponse().getFileDescriptorProtoList()) {
                FileDescriptorProto proto = FileDescriptorProto.parseFrom(file);
                files.put(proto.getName(), proto);
            }
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException status) {
                throw status;
            }
            throw e;
        }
        ask.onCompleted();
        return link(files.keySet().iterator().next(), files);
    }

    private static FileDescriptor link(String name, Map<String, FileDescriptorProto> files)
            throws DescriptorValidationException, InvalidProtocolBufferException {
        FileDescriptorProto proto = files.get(name);
        FileDescriptor[] imports = new FileDescriptor[proto.getDependencyCount()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = link(proto.getDependency(i), files);
        }
        return FileDescriptor.buildFrom(proto, imports);
    }
}
