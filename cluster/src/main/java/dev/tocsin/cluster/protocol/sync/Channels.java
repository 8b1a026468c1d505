package dev.tocsin.cluster.protocol.sync;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.Aged;
import dev.tocsin.cluster.proto.Channel;
import dev.tocsin.cluster.proto.LogPush;
import dev.tocsin.cluster.proto.Page;
import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.cluster.protocol.PeerTimes;
import dev.tocsin.cluster.protocol.Schedule;
import dev.tocsin.core.log.LogCodec;
import dev.tocsin.core.log.LogExchange;
import dev.tocsin.core.log.LogExchange.LogPage;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.replicate.PeerClock;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.store.AlertExchange;
import dev.tocsin.core.store.silence.SilenceExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The states that nodes compare, as messages. On the hub loop only. */
final class Channels {
    private static final int TICKS_PER_PAGE = 1000;

    private final AlertExchange alerts;
    private final SilenceExchange silences;
    private final LogExchange log;
    private final Schedule schedule;
    private final Clock clock;
    private final PeerTimes times;

    Channels(
            AlertExchange alerts,
            SilenceExchange silences,
            LogExchange log,
            Schedule schedule,
            Clock clock,
            PeerTimes times) {
        this.alerts = alerts;
        this.silences = silences;
        this.log = log;
        this.schedule = schedule;
        this.clock = clock;
        this.times = times;
    }

    long[] digest(Channel channel) {
        return switch (channel) {
            case ALERTS -> alerts.digest().sums();
            case SILENCES -> silences.digest().sums();
            case LOG -> log.digest().sums();
            case SCHEDULE, UNRECOGNIZED -> new long[Buckets.COUNT];
        };
    }

    /** Pages with what is in these buckets, each made when it is asked for. */
    Iterator<Page.Builder> pages(Channel channel, BitSet wanted) {
        return switch (channel) {
            case ALERTS ->
                map(
                        alerts.pages(wanted),
                        bytes -> Page.newBuilder()
                                .setAlerts(ByteString.copyFrom(bytes))
                                .setSentAtWallMs(wallMillis()));
            case SILENCES ->
                map(
                        silences.pages(wanted),
                        records -> Page.newBuilder()
                                .addAllSilences(records.stream()
                                        .map(ByteString::copyFrom)
                                        .toList())
                                .setSentAtWallMs(wallMillis()));
            case LOG ->
                map(
                        log.pages(wanted),
                        page -> Page.newBuilder()
                                .addAllEntries(aged(page.entries()))
                                .addAllMaybes(aged(page.maybes()))
                                .addAllRefused(aged(page.refused())));
            case SCHEDULE -> ticks(schedule.entries());
            case UNRECOGNIZED -> Collections.emptyIterator();
        };
    }

    /** No time that has passed may look like one to come because of its fraction. */
    long wallMillis() {
        return clock.now().toEpochMilli() + 1;
    }

    private static <A, B> Iterator<B> map(Iterator<A> pages, Function<A, B> message) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public B next() {
                return message.apply(pages.next());
            }
        };
    }

    private static Iterator<Page.Builder> ticks(Iterator<TickDone> entries) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Page.Builder next() {
                Page.Builder page = Page.newBuilder();
                do {
                    page.addSchedule(entries.next());
                } while (entries.hasNext() && page.getScheduleCount() < TICKS_PER_PAGE);
                return page;
            }
        };
    }

    LogPush.Builder message(LogPage page) {
        return LogPush.newBuilder()
                .addAllEntries(aged(page.entries()))
                .addAllMaybes(aged(page.maybes()))
                .addAllRefused(aged(page.refused()));
    }

    private static List<Aged> aged(List<LogCodec.Aged> records) {
        List<Aged> messages = new ArrayList<>(records.size());
        for (LogCodec.Aged record : records) {
            messages.add(Aged.newBuilder()
                    .setContent(ByteString.copyFrom(record.content()))
                    .setAgeMs(record.ageMillis())
                    .setRemainingMs(record.remainingMillis())
                    .build());
        }
        return messages;
    }

    private static List<LogCodec.Aged> records(List<Aged> messages) {
        List<LogCodec.Aged> records = new ArrayList<>(messages.size());
        for (Aged message : messages) {
            records.add(new LogCodec.Aged(
                    message.getContent().toByteArray(), message.getAgeMs(), message.getRemainingMs()));
        }
        return records;
    }

    /** @throws IOException if a part of it cannot be read; the rest is joined */
    void merge(String peer, Page page) throws IOException {
        switch (page.getChannel()) {
            case ALERTS -> mergeAlerts(peer, page.getAlerts(), page.getSentAtWallMs());
            case SILENCES -> mergeSilences(peer, page.getSilencesList(), page.getSentAtWallMs());
            case LOG -> mergeLog(page.getEntriesList(), page.getMaybesList(), page.getRefusedList());
            case SCHEDULE -> schedule.learn(peer, page.getScheduleList());
            case UNRECOGNIZED -> {}
        }
    }

    /** How a peer's clock stands to ours. */
    PeerClock clock(String peer, long sentAtWallMillis) {
        return times.read(peer, sentAtWallMillis);
    }

    void mergeAlerts(String peer, ByteString record, long sentAtWallMillis) throws IOException {
        if (!record.isEmpty()) {
            alerts.merge(record.toByteArray(), clock(peer, sentAtWallMillis));
        }
    }

    void mergeSilences(String peer, List<ByteString> records, long sentAtWallMillis) throws IOException {
        silences.merge(records.stream().map(ByteString::toByteArray).toList(), clock(peer, sentAtWallMillis));
    }

    void mergeLog(List<Aged> entries, List<Aged> maybes, List<Aged> refused) throws IOException {
        log.merge(new LogPage(records(entries), records(maybes), records(refused)));
    }
}
