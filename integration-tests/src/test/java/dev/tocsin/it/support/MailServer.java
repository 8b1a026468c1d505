package dev.tocsin.it.support;

import dev.tocsin.core.tls.PemResources;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Exim on loopback, unpacked and not installed, with a port for each way to be greeted and one maildir for everybody.
 * It wants a user of its own in the list of users; it is shown one, which needs root and a mount namespace. Where that cannot
 * be the test is skipped, visibly.
 */
public final class MailServer implements AutoCloseable {
    /** Who may log in, by every mechanism. */
    public static final String USER = "user";

    /** The user's password for PLAIN and LOGIN, and the secret for CRAM-MD5. */
    public static final String PASSWORD = "c4n4ry";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ID = "61001";

    private static final String CONFIG = """
            primary_hostname = mail.example.org
            exim_path = FOLDER/exim
            exim_user = 61001
            exim_group = 61001
            spool_directory = FOLDER/spool
            log_file_path = FOLDER/log/%slog
            pid_file_path = FOLDER/exim.pid
            notifier_socket =
            keep_environment =
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = OPEN_PORT : PLAIN_PORT : LOGIN_PORT : CRAM_PORT
            tls_on_connect_ports = CRAM_PORT
            tls_advertise_hosts = ${if eq{$received_port}{OPEN_PORT}{}{*}}
            tls_certificate = FOLDER/server.crt
            tls_privatekey = FOLDER/server.key
            acl_smtp_rcpt = recipient

            begin acl
            recipient:
              accept condition = ${if eq{$received_port}{OPEN_PORT}}
              require authenticated = *
              accept

            begin routers
            everybody:
              driver = accept
              transport = maildir

            begin transports
            maildir:
              driver = appendfile
              directory = FOLDER/mail
              maildir_format
              envelope_to_add
              user = 61001
              group = 61001

            begin authenticators
            plain:
              driver = plaintext
              public_name = PLAIN
              server_advertise_condition = ${if and{{eq{$received_port}{PLAIN_PORT}}{def:tls_in_cipher}}}
              server_prompts = :
              server_condition = ${if and{{eq{$auth2}{user}}{eq{$auth3}{c4n4ry}}}}
            login:
              driver = plaintext
              public_name = LOGIN
              server_advertise_condition = ${if and{{eq{$received_port}{LOGIN_PORT}}{def:tls_in_cipher}}}
              server_prompts = Username:: : Password::
              server_condition = ${if and{{eq{$auth1}{user}}{eq{$auth2}{c4n4ry}}}}
            cram:
              driver = cram_md5
              public_name = CRAM-MD5
              server_advertise_condition = ${if eq{$received_port}{CRAM_PORT}}
              server_secret = ${if eq{$auth1}{user}{c4n4ry}fail}
            """;

    /** How a port greets. */
    public enum Port {
        /** Without TLS, anybody may send. */
        OPEN,
        /** STARTTLS, then PLAIN. */
        PLAIN,
        /** STARTTLS, then LOGIN. */
        LOGIN,
        /** TLS from the first byte, then CRAM-MD5. */
        CRAM
    }

    private final Path folder;
    private final Map<Port, Integer> ports = new EnumMap<>(Port.class);
    private final ServerProcess process;

    /** Starts it; what it writes goes below {@code folder}, which lies in one of the test's own; everybody can read both then. */
    public MailServer(Path folder) {
        this.folder = folder;
        Path program = Checkout.peerFile("stable", "usr/sbin/exim4");
        try {
            Iterator<Integer> free = FreePorts.some(Port.values().length).iterator();
            for (Port port : Port.values()) {
                ports.put(port, free.next());
            }
            prepare(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String hide = "chown -R " + ID + ":" + ID + " spool log mail server.key && mount --bind passwd /etc/passwd"
                + " && mount --bind group /etc/group && exec ./exim -C " + folder.resolve("exim.conf") + " ";
        try (ServerProcess version =
                ServerProcess.start(folder, Map.of(), List.of("unshare", "-m", "sh", "-c", hide + "-bV"))) {
            Assumptions.assumeTrue(version.awaitExit(PATIENCE) == 0, () -> "Exim cannot run here: " + version.errors());
        }
        process = ServerProcess.start(folder, Map.of(), List.of("unshare", "-m", "sh", "-c", hide + "-bdf -v"));
        process.awaitLine(line -> line.contains("daemon started"), PATIENCE);
    }

    private void prepare(Path program) throws IOException {
        for (String name : List.of("spool", "log", "mail")) {
            Files.createDirectories(folder.resolve(name));
        }
        // Exim leaves its privileges and its environment behind when it delivers.
        for (Path above : List.of(folder, folder.getParent())) {
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path libraries;
        try (Stream<Path> files = Files.list(Checkout.peerFile("stable", "usr/lib"))) {
            libraries = files.filter(path -> path.toString().endsWith("-linux-gnu"))
                    .findFirst()
                    .orElse(program);
        }
        Path wrapper = folder.resolve("exim");
        Files.writeString(wrapper, "#!/bin/sh\nLD_LIBRARY_PATH=" + libraries + " exec " + program + " \"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        String macros = "FOLDER = " + folder + "\n";
        for (Port port : Port.values()) {
            macros += port + "_PORT = " + port(port) + "\n";
        }
        Files.writeString(folder.resolve("exim.conf"), macros + CONFIG);
        Files.writeString(
                folder.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd")) + "Debian-exim:x:" + ID + ":" + ID + "::/:/bin/false\n");
        Files.writeString(
                folder.resolve("group"), Files.readString(Path.of("/etc/group")) + "Debian-exim:x:" + ID + ":\n");
        PemResources pem = new PemResources();
        for (String name : List.of("authority.crt", "server.crt", "server.key")) {
            Files.writeString(folder.resolve(name), pem.text(name));
        }
    }

    /** Where it listens. */
    public int port(Port port) {
        return Objects.requireNonNull(ports.get(port));
    }

    /** The certificate by which it can be trusted as {@code localhost}. */
    public Path authority() {
        return folder.resolve("authority.crt");
    }

    /** What lies in the mailbox, in no order. */
    public List<MimeMessage> mails() {
        Path box = folder.resolve("mail/new");
        List<MimeMessage> mails = new ArrayList<>();
        if (!Files.isDirectory(box)) {
            return mails;
        }
        try (Stream<Path> files = Files.list(box)) {
            for (Path file : files.toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    mails.add(new MimeMessage(Session.getInstance(new Properties()), in));
                }
            }
            return mails;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /** What it said. */
    public String log() {
        return process.errors() + process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
