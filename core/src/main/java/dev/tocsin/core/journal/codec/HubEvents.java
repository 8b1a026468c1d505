package dev.tocsin.core.journal.codec;

import com.google.protobuf.ByteString;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.proto.ConfigFile;
import dev.tocsin.core.journal.proto.Event;
import dev.tocsin.core.journal.proto.Gap;
import dev.tocsin.core.journal.proto.Member;
import dev.tocsin.core.journal.proto.SilenceChange;
import dev.tocsin.core.journal.proto.Text;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.InvalidSnapshotException;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import java.io.IOException;

/** Events of the hub as messages, and back. */
final class HubEvents {
    private HubEvents() {}

    static void write(HubEvent event, Event.Builder into) {
        switch (event) {
            case HubEvent.Started(String version) -> into.setStarted(text(version));
            case HubEvent.Stopped(String why) -> into.setStopped(text(why));
            case HubEvent.ConfigLoaded(String file, String hash) -> into.setConfigLoaded(file(file, hash));
            case HubEvent.ConfigRefused(String file, String error) -> into.setConfigRefused(file(file, error));
            case HubEvent.SilenceCreated(Silence silence) ->
                into.setSilenceCreated(SilenceChange.newBuilder().setSilence(bytes(silence)));
            case HubEvent.SilenceUpdated(Silence before, Silence silence) ->
                into.setSilenceUpdated(
                        SilenceChange.newBuilder().setSilence(bytes(silence)).setBefore(bytes(before)));
            case HubEvent.SilenceExpired(Silence silence) ->
                into.setSilenceExpired(SilenceChange.newBuilder().setSilence(bytes(silence)));
            case HubEvent.MemberJoined(String member) ->
                into.setMemberJoined(Member.newBuilder().setName(member));
            case HubEvent.MemberLost(String member, String why) ->
                into.setMemberLost(Member.newBuilder().setName(member).setWhy(why));
            case HubEvent.TurnedCold(String why) -> into.setTurnedCold(text(why));
            case HubEvent.TurnedWarm() -> into.setTurnedWarm(text(""));
            case HubEvent.Gap gap ->
                into.setGap(Gap.newBuilder().setEvents(gap.events()).setUntil(Fields.time(gap.until())));
            case HubEvent.Interrupted interrupted -> into.setInterrupted(Fields.time(interrupted.last()));
        }
    }

    private static Text text(String text) {
        return Text.newBuilder().setText(text).build();
    }

    private static ConfigFile file(String file, String detail) {
        return ConfigFile.newBuilder().setFile(file).setDetail(detail).build();
    }

    private static ByteString bytes(Silence silence) {
        return ByteString.copyFrom(SilenceSnapshot.encodeRecord(silence));
    }

    static Silence silence(ByteString bytes) throws IOException {
        try {
            return SilenceSnapshot.decodeRecord(bytes.toByteArray());
        } catch (InvalidSnapshotException | InvalidMatcherException e) {
            throw new IOException("not a silence: " + e.getMessage(), e);
        }
    }
}
