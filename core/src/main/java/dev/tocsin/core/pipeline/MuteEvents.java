package dev.tocsin.core.pipeline;

import dev.tocsin.core.event.EventData;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.inhibit.InhibitRule;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.mute.MutedFlush;
import dev.tocsin.core.silence.Silence;

/** Tells the event recorder which alerts a flush left out. Used on the hub loop only. */
final class MuteEvents {
    private final MuteStages stages;
    private final EventRecorder events;

    MuteEvents(MuteStages stages, EventRecorder events) {
        this.stages = stages;
        this.events = events;
    }

    void record(MutedFlush muted) {
        if (!events.isRecording()) {
            return;
        }
        for (MutedFlush.Muted one : muted.muted()) {
            LabelSet alert = one.alert().labels();
            switch (one.verdict()) {
                case MuteVerdict.Inhibited(LabelSet source, int index, String name) -> {
                    InhibitRule rule = stages.rule(index);
                    events.record(new EventData.InhibitionMuted(
                            rule.source(), rule.target(), rule.equal(), alert, source.fingerprint()));
                }
                case MuteVerdict.Silenced silenced -> {
                    for (String id : silenced.ids()) {
                        Silence silence = stages.findSilence(id);
                        if (silence != null) {
                            events.record(new EventData.SilenceMuted(silence, alert));
                        }
                    }
                }
                case MuteVerdict.NotMuted notMuted -> {}
                case MuteVerdict.OutsideActiveIntervals outside -> {}
                case MuteVerdict.InsideMuteIntervals inside -> {}
            }
        }
    }
}
