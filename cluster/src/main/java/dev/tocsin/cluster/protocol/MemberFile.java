package dev.tocsin.cluster.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.cluster.proto.RememberedMembers;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that a node remembers across a restart, on its disk. Used on the hub loop only. */
final class MemberFile {
    /** The file's name in the storage folder. */
    static final String FILE = "members";

    private static final Logger log = LoggerFactory.getLogger(MemberFile.class);

    private final Storage storage;
    private final Workers workers;
    private boolean writing;
    private boolean failed;

    MemberFile(Storage storage, Workers workers) {
        this.storage = storage;
        this.workers = workers;
    }

    /**
     * What the disk holds; blocks. A damaged file is as good as none: members are met again.
     *
     * @throws IOException if the disk cannot be read
     */
    RememberedMembers read() throws IOException {
        byte[] file = storage.readFile(FILE);
        if (file == null) {
            return RememberedMembers.getDefaultInstance();
        }
        try {
            return RememberedMembers.parseFrom(file);
        } catch (InvalidProtocolBufferException e) {
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("file", FILE)
                    .addKeyValue("err", e.getMessage())
                    .log("Remembered members cannot be read; starting without them");
            return RememberedMembers.getDefaultInstance();
        }
    }

    /** Writes unless a write is under way; the next call comes within seconds. */
    void write(RememberedMembers members) {
        if (writing) {
            return;
        }
        writing = true;
        byte[] file = members.toByteArray();
        workers.submit(
                () -> {
                    storage.writeFile(FILE, file);
                    return true;
                },
                (done, error) -> {
                    writing = false;
                    if (error != null && !failed) {
                        log.atWarn()
                                .addKeyValue("component", "cluster")
                                .addKeyValue("file", FILE)
                                .addKeyValue("err", error.getMessage())
                                .log("Members cannot be remembered");
                    }
                    failed = error != null;
                });
    }
}
