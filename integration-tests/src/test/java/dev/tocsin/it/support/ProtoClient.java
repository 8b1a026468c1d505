package dev.tocsin.it.support;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;

/**
 * Compiles a client from the protos and its own source alone, with the compilers that the build has fetched: none of the
 * hub's classes is near.
 */
public final class ProtoClient {
    private final Path classes;

    /**
     * Generates and compiles. The test is skipped, visibly, where the build's compilers are not found.
     *
     * @param folder is filled
     * @param source the client's top source folder
     */
    public ProtoClient(Path folder, Path source) {
        Path protos = Checkout.top().resolve("api/src/main/proto");
        Path generated = folder.resolve("generated");
        this.classes = folder.resolve("classes");
        try {
            Files.createDirectories(generated);
            Path protoc = executable(folder, "com/google/protobuf/protoc");
            Path plugin = executable(folder, "io/grpc/protoc-gen-grpc-java");
            Path imports = extracted(library("protobuf-java-"), folder.resolve("imports"));
            List<String> command = new ArrayList<>(List.of(
                    protoc.toString(),
                    "-I" + protos,
                    "-I" + imports,
                    "--plugin=protoc-gen-grpc-java=" + plugin,
                    "--java_out=" + generated,
                    "--grpc-java_out=@generated=omit:" + generated));
            files(protos, ".proto")
                    .forEach(file -> command.add(protos.relativize(file).toString()));
            run(folder, command);
            List<String> compile =
                    new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", libraries()));
            files(generated, ".java").forEach(file -> compile.add(file.toString()));
            files(source, ".java").forEach(file -> compile.add(file.toString()));
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, compile.toArray(String[]::new));
            if (failed != 0) {
                throw new AssertionError("the client does not compile");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it. */
    public ServerProcess start(Path folder, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classes + File.pathSeparator + libraries(),
                mainClass));
        command.addAll(List.of(arguments));
        return ServerProcess.start(folder, Map.of(), command);
    }

    /** The libraries that a node comes with; none of them is the hub's own. */
    public static String libraries() {
        try (Stream<Path> jars = Files.list(Checkout.jar().resolveSibling("lib"))) {
            return jars.map(Path::toString)
                    .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("tocsin"))
                    .reduce((a, b) -> a + File.pathSeparator + b)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path library(String prefix) {
        return Stream.of(libraries().split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.getFileName().toString().matches(prefix + "[0-9.]+\\.jar"))
                .findFirst()
                .orElseThrow();
    }

    /** The protos in a jar. */
    private static Path extracted(Path jar, Path to) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".proto")) {
                    Path file = to.resolve(entry.getName()).normalize();
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        return to;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    /** A copy that may be run of what Maven fetched for this machine. */
    private static Path executable(Path folder, String artifact) throws IOException {
        String repository = System.getProperty(
                "local.repository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        Path versions = Path.of(repository).resolve(artifact);
        Assumptions.assumeTrue(Files.isDirectory(versions), "the build has not fetched " + artifact);
        Optional<Path> found = files(versions, ".exe").stream().max(Path::compareTo);
        Assumptions.assumeTrue(found.isPresent(), "the build has not fetched " + artifact);
        Path copy = folder.resolve(versions.getFileName().toString());
        Files.copy(found.orElseThrow(), copy);
        if (!copy.toFile().setExecutable(true)) {
            throw new IOException(copy + " cannot be made executable");
        }
        return copy;
    }

    private static void run(Path folder, List<String> command) {
        try (ServerProcess process = ServerProcess.start(folder, Map.of(), command)) {
            if (process.awaitExit(Duration.ofMinutes(2)) != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + process.errors());
            }
        }
    }
}
