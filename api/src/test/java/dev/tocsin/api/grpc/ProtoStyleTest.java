package dev.tocsin.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tocsin.api.grpc.v1.AlertServiceOuterClass;
import dev.tocsin.api.grpc.v1.ClusterServiceOuterClass;
import dev.tocsin.api.grpc.v1.GroupServiceOuterClass;
import dev.tocsin.api.grpc.v1.NotificationServiceOuterClass;
import dev.tocsin.api.grpc.v1.ReceiverServiceOuterClass;
import dev.tocsin.api.grpc.v1.RouteServiceOuterClass;
import dev.tocsin.api.grpc.v1.SilenceServiceOuterClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The protos keep to the rules of {@code buf lint} (STANDARD, COMMENTS) and to a few of their own. */
class ProtoStyleTest {
    /** Tests run in the module's folder or in the one above. */
    private static final Path PROTOS = Stream.of(Path.of("src/main/proto"), Path.of("api/src/main/proto"))
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow();

    /** Words that some of the languages of clients reserve. */
    private static final Set<String> RESERVED = Set.of(
            "and",
            "as",
            "async",
            "await",
            "break",
            "case",
            "class",
            "continue",
            "def",
            "default",
            "delete",
            "do",
            "else",
            "except",
            "final",
            "for",
            "from",
            "func",
            "global",
            "if",
            "import",
            "in",
            "interface",
            "is",
            "lambda",
            "new",
            "not",
            "or",
            "package",
            "pass",
            "private",
            "public",
            "raise",
            "return",
            "static",
            "switch",
            "this",
            "throw",
            "try",
            "var",
            "while",
            "with",
            "yield");

    private final List<String> faults = new ArrayList<>();

    private static Map<String, FileDescriptor> files() {
        Map<String, FileDescriptor> files = new TreeMap<>();
        for (FileDescriptor file : List.of(
                AlertServiceOuterClass.getDescriptor(),
                ClusterServiceOuterClass.getDescriptor(),
                GroupServiceOuterClass.getDescriptor(),
                NotificationServiceOuterClass.getDescriptor(),
                ReceiverServiceOuterClass.getDescriptor(),
                RouteServiceOuterClass.getDescriptor(),
                SilenceServiceOuterClass.getDescriptor())) {
            files.put(file.getName(), file);
            file.getDependencies().stream()
                    .filter(one -> one.getName().startsWith("tocsin/"))
                    .forEach(one -> files.put(one.getName(), one));
        }
        return files;
    }

    private void check(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    @Test
    void namesNumbersAndPagesAreAsReadersOfProtosExpectThem() throws IOException {
        Map<String, FileDescriptor> files = files();
        try (Stream<Path> written = Files.walk(PROTOS)) {
            assertThat(files.keySet())
                    .containsExactlyInAnyOrderElementsOf(written.filter(Files::isRegularFile)
                            .map(file -> PROTOS.relativize(file).toString())
                            .toList());
        }
        for (FileDescriptor file : files.values()) {
            FileOptions options = file.toProto().getOptions();
            check(file.getPackage().equals("tocsin.v1"), file.getName() + ": package");
            check(file.getName().matches("tocsin/v1/[a-z_]+\\.proto"), file.getName() + ": folder and name");
            check(options.getJavaPackage().equals("dev.tocsin.api.grpc.v1"), file.getName() + ": java_package");
            check(options.getJavaMultipleFiles(), file.getName() + ": java_multiple_files");
            file.getMessageTypes().forEach(this::check);
            file.getEnumTypes().forEach(this::check);
            file.getServices().forEach(this::check);
        }
        assertThat(faults).isEmpty();
    }

    private void check(Descriptor message) {
        String name = message.getFullName();
        check(message.getName().matches("[A-Z][A-Za-z0-9]*"), name + ": name");
        Set<String> fields = new HashSet<>();
        for (FieldDescriptor field : message.getFields()) {
            fields.add(field.getName());
            check(field.getName().matches("[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*"), field.getFullName() + ": name");
            check(!RESERVED.contains(field.getName()), field.getFullName() + ": reserved in a language");
            check(field.getNumber() <= 15 || message.getFields().size() > 15, field.getFullName() + ": number");
        }
        if (fields.contains("page_size") || fields.contains("page_token")) {
            check(fields.containsAll(List.of("page_size", "page_token")), name + ": page_size and page_token");
        }
        for (Descriptor nested : message.getNestedTypes()) {
            if (!nested.getOptions().getMapEntry()) {
                check(nested);
            }
        }
        message.getEnumTypes().forEach(this::check);
    }

    private void check(EnumDescriptor type) {
        String prefix = type.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
        check(type.getValues().getFirst().getNumber() == 0, type.getFullName() + ": first value");
        check(
                type.getValues().getFirst().getName().equals(prefix + "UNSPECIFIED"),
                type.getFullName() + ": name of zero");
        for (EnumValueDescriptor value : type.getValues()) {
            check(value.getName().startsWith(prefix), value.getFullName() + ": prefix");
        }
    }

    private void check(ServiceDescriptor service) {
        check(service.getName().endsWith("Service"), service.getFullName() + ": name");
        for (MethodDescriptor method : service.getMethods()) {
            String name = service.getName() + method.getName();
            check(method.getInputType().getName().equals(name + "Request"), method.getFullName() + ": request");
            check(method.getOutputType().getName().equals(name + "Response"), method.getFullName() + ": response");
            check(!method.isClientStreaming(), method.getFullName() + ": clients stream nothing");
            check(
                    method.isServerStreaming() == method.getName().equals("Watch"),
                    method.getFullName() + ": watches stream");
            if (method.getInputType().findFieldByName("page_size") != null) {
                check(
                        method.getOutputType().findFieldByName("next_page_token") != null,
                        method.getFullName() + ": next_page_token");
            }
            if (method.isServerStreaming()) {
                for (String field : List.of("kind", "cursor")) {
                    check(method.getOutputType().findFieldByName(field) != null, method.getFullName() + ": " + field);
                }
                check(method.getInputType().findFieldByName("cursor") != null, method.getFullName() + ": cursor");
            }
        }
    }

    @Test
    void everyDeclarationSaysWhatItIs() throws IOException {
        try (Stream<Path> written = Files.walk(PROTOS)) {
            for (Path file : written.filter(Files::isRegularFile).toList()) {
                List<String> lines = Files.readAllLines(file);
                check(lines.getFirst().startsWith("// "), file + ": begins with what it holds");
                for (int i = 1; i < lines.size(); i++) {
                    String line = lines.get(i).strip();
                    boolean declares = line.matches("(message|enum|service|rpc|oneof) .*")
                            || line.matches("[A-Za-z_][\\w.<>, ]* = \\d+;");
                    check(
                            !declares || lines.get(i - 1).strip().startsWith("// "),
                            file + ":" + (i + 1) + " has no comment");
                }
            }
        }
        assertThat(faults).isEmpty();
    }
}
