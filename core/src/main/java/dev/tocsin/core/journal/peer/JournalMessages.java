package dev.tocsin.core.journal.peer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.JournalPage;
import dev.tocsin.core.journal.codec.EventCodec;
import dev.tocsin.core.journal.proto.Entry;
import dev.tocsin.core.journal.proto.JournalAnswer;
import dev.tocsin.core.journal.proto.JournalAsk;
import dev.tocsin.core.journal.proto.Time;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Questions about journals and their answers as bytes. */
final class JournalMessages {
    /** The most bytes of entries in one answer; a longer page is cut, and says that there is more. */
    static final int MAX_BYTES = 512 << 10;

    private JournalMessages() {}

    static byte[] ask(boolean forward, JournalFilter filter, OptionalLong offset, int limit) {
        JournalAsk.Builder ask = JournalAsk.newBuilder().setForward(forward).setLimit(limit);
        offset.ifPresent(ask::setOffset);
        if (filter.from() != null) {
            ask.setFrom(time(filter.from()));
        }
        if (filter.until() != null) {
            ask.setUntil(time(filter.until()));
        }
        if (filter.receiver() != null) {
            ask.setReceiver(filter.receiver());
        }
        if (filter.groupKey() != null) {
            ask.setGroupKey(filter.groupKey());
        }
        if (filter.fingerprint() != null) {
            ask.setFingerprint(filter.fingerprint());
        }
        filter.types().forEach(type -> ask.addTypes(type.number()));
        return ask.build().toByteArray();
    }

    static JournalAsk ask(byte[] bytes) throws IOException {
        return JournalAsk.parseFrom(bytes);
    }

    static JournalFilter filter(JournalAsk ask) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (int number : ask.getTypesList()) {
            EventType type = EventType.of(number);
            if (type != null) {
                types.add(type);
            }
        }
        return JournalFilter.ALL
                .between(ask.hasFrom() ? time(ask.getFrom()) : null, ask.hasUntil() ? time(ask.getUntil()) : null)
                .receiver(ask.hasReceiver() ? ask.getReceiver() : null)
                .groupKey(ask.hasGroupKey() ? ask.getGroupKey() : null)
                .fingerprint(ask.hasFingerprint() ? ask.getFingerprint() : null)
                .types(types);
    }

    static byte[] answer(JournalAsk ask, JournalPage page, String node) {
        JournalAnswer.Builder answer = JournalAnswer.newBuilder().setMore(page.more());
        long older = page.older().at(node).orElse(0);
        long newer = page.newer().at(node).orElse(0);
        int bytes = 0;
        for (JournalEntry entry : page.entries()) {
            ByteString event = EventCodec.message(entry.event()).toByteString();
            if (bytes > 0 && bytes + event.size() > MAX_BYTES) {
                answer.setMore(true);
                break;
            }
            bytes += event.size() + 32;
            answer.addEntriesBuilder()
                    .setOffset(entry.offset())
                    .setAt(time(entry.at()))
                    .setEvent(event);
            if (answer.getEntriesCount() < page.entries().size()) {
                if (ask.getForward()) {
                    newer = entry.offset() + 1;
                } else {
                    older = entry.offset();
                }
            }
        }
        if (answer.getEntriesCount() == page.entries().size()) {
            older = page.older().at(node).orElse(0);
            newer = page.newer().at(node).orElse(0);
        }
        return answer.setOlder(older).setNewer(newer).build().toByteArray();
    }

    /**
     * The page of {@code node}. Events of kinds that this version does not know are left out.
     *
     * @throws IOException if the bytes are no answer
     */
    static JournalPage page(String node, byte[] bytes) throws IOException {
        JournalAnswer answer;
        try {
            answer = JournalAnswer.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("its answer cannot be read", e);
        }
        List<JournalEntry> entries = new ArrayList<>(answer.getEntriesCount());
        for (Entry entry : answer.getEntriesList()) {
            try {
                entries.add(new JournalEntry(
                        node, entry.getOffset(), time(entry.getAt()), EventCodec.decode(entry.getEvent())));
            } catch (IOException e) {
                // a node of a later version: what this one cannot read, it cannot tell
            } catch (DateTimeException | ArithmeticException e) {
                throw new IOException("its answer cannot be read", e);
            }
        }
        return new JournalPage(
                entries,
                JournalCursor.of(node, answer.getOlder()),
                JournalCursor.of(node, answer.getNewer()),
                answer.getMore(),
                Map.of());
    }

    private static Time time(Instant at) {
        return Time.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    private static Instant time(Time time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
