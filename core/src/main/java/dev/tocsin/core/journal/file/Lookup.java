package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One search through segments, in one direction, up to a limit. It goes block by block and reads those that may have
 * something. Blocks; used by one thread.
 */
final class Lookup {
    private final String node;
    private final Frame.Search search;
    private final int limit;
    private final boolean forward;
    private final BiConsumer<Segment, String> damaged;
    private final List<JournalEntry> found = new ArrayList<>();
    private boolean more;

    /** @param damaged hears of segments that cannot be read */
    Lookup(String node, Frame.Search search, int limit, boolean forward, BiConsumer<Segment, String> damaged) {
        this.node = node;
        this.search = search;
        this.limit = limit;
        this.forward = forward;
        this.damaged = damaged;
    }

    /** What was found so far. */
    List<JournalEntry> found() {
        return found;
    }

    /** Whether more would have been found than the limit allows. */
    boolean more() {
        return more;
    }

    /** Adds a gap, if its time is asked for. */
    void gap(long offset, long events, Instant until) {
        if (!more && search.filter().acceptsTime(until)) {
            add(new JournalEntry(node, offset, until, new HubEvent.Gap(events, until)));
        }
    }

    private void add(JournalEntry entry) {
        if (found.size() == limit) {
            more = true;
        } else {
            found.add(entry);
        }
    }

    /** Searches what has numbers from {@code from}, inclusive, to {@code to}, exclusive. */
    void search(OpenSegment.View view, long from, long to) {
        Segment segment = view.segment();
        if (forward) {
            search(segment, from, to);
            open(view, from, to);
        } else {
            open(view, from, to);
            search(segment, from, to);
        }
    }

    private void open(OpenSegment.View view, long from, long to) {
        Block block = view.open();
        if (!more && block != null && block.mayFit(search)) {
            search(view.segment(), block, view.content(), from, to);
        }
    }

    private void search(Segment segment, long from, long to) {
        List<Block> blocks = forward ? segment.blocks() : segment.blocks().reversed();
        if (segment.damaged() && !forward && segment.next() >= from && segment.next() < to) {
            gap(segment.next(), -1, segment.last());
        }
        try (SegmentContent content = new SegmentContent(segment)) {
            for (Block block : blocks) {
                if (!more && block.first() < to && block.next() > from && block.mayFit(search)) {
                    search(segment, block, content, from, to);
                }
            }
        }
        if (segment.damaged() && forward && segment.next() >= from && segment.next() < to) {
            gap(segment.next(), -1, segment.last());
        }
    }

    private void search(Segment segment, Block block, SegmentContent content, long from, long to) {
        try {
            search(segment, block, content.of(block), from, to);
        } catch (IOException e) {
            damaged.accept(segment, String.valueOf(e.getMessage()));
            gap(block.first(), block.count(), Instant.ofEpochSecond(block.maxSeconds()));
        }
    }

    private void search(Segment segment, Block block, ByteBuffer content, long from, long to) {
        int[] starts = new int[block.count() + 1];
        int whole = 0;
        while (whole < block.count()) {
            int length = Frame.length(content, starts[whole], content.limit());
            if (length < 0) {
                break;
            }
            starts[whole + 1] = starts[whole] + length;
            whole++;
        }
        if (whole < block.count()) {
            damaged.accept(segment, "the block of event " + block.first() + " breaks off");
        }
        boolean broken = whole < block.count();
        if (broken && !forward) {
            gapOf(block, whole);
        }
        for (int i = 0; i < whole && !more; i++) {
            int index = forward ? i : whole - 1 - i;
            long offset = block.first() + index;
            if (offset >= from && offset < to) {
                look(segment, content, starts[index], starts[index + 1] - starts[index], offset);
            }
        }
        if (broken && forward) {
            gapOf(block, whole);
        }
    }

    private void gapOf(Block block, int whole) {
        gap(block.first() + whole, block.count() - whole, Instant.ofEpochSecond(block.maxSeconds()));
    }

    private void look(Segment segment, ByteBuffer content, int start, int length, long offset) {
        if (!search.filter().acceptsTime(Frame.at(content, start)) || !Frame.mayFit(content, start, search)) {
            return;
        }
        try {
            if (!Frame.isWhole(content, start, length)) {
                throw new IOException("the checksum of event " + offset + " is wrong");
            }
            @Nullable JournalEvent event = Frame.event(content, start, length);
            if (event != null) {
                JournalEntry entry = new JournalEntry(node, offset, Frame.at(content, start), event);
                if (search.filter().accepts(entry)) {
                    add(entry);
                }
            }
        } catch (IOException e) {
            damaged.accept(segment, String.valueOf(e.getMessage()));
            gap(offset, 1, Frame.at(content, start));
        }
    }
}
