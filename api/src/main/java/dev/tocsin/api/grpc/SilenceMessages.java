package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.MatchType;
import dev.tocsin.api.grpc.v1.Matcher;
import dev.tocsin.api.grpc.v1.MatcherSet;
import dev.tocsin.api.grpc.v1.Silence;
import dev.tocsin.api.grpc.v1.SilenceDraft;
import dev.tocsin.api.grpc.v1.SilenceState;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.api.service.SilenceView;
import dev.tocsin.core.silence.Silence.State;
import dev.tocsin.core.silence.Silences.Draft;
import dev.tocsin.core.silence.Silences.MatcherDraft;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Silences and matchers as messages. */
final class SilenceMessages {
    private SilenceMessages() {}

    static Silence silence(SilenceView view) {
        var silence = view.silence();
        Silence.Builder out = Silence.newBuilder()
                .setId(silence.id())
                .setStartsAt(Times.timestamp(silence.startsAt()))
                .setEndsAt(Times.timestamp(silence.endsAt()))
                .setUpdatedAt(Times.timestamp(silence.updatedAt()))
                .setCreatedBy(silence.createdBy())
                .setComment(silence.comment())
                .putAllAnnotations(silence.annotations())
                .setState(
                        switch (view.state()) {
                            case PENDING -> SilenceState.SILENCE_STATE_PENDING;
                            case ACTIVE -> SilenceState.SILENCE_STATE_ACTIVE;
                            case EXPIRED -> SilenceState.SILENCE_STATE_EXPIRED;
                        });
        for (List<dev.tocsin.core.matcher.Matcher> set : silence.matcherSets()) {
            MatcherSet.Builder matchers = MatcherSet.newBuilder();
            set.forEach(matcher -> matchers.addMatchers(matcher(matcher)));
            out.addMatcherSets(matchers);
        }
        return out.build();
    }

    static Matcher matcher(dev.tocsin.core.matcher.Matcher matcher) {
        return Matcher.newBuilder()
                .setName(matcher.name())
                .setType(
                        switch (matcher.type()) {
                            case EQUAL -> MatchType.MATCH_TYPE_EQUAL;
                            case NOT_EQUAL -> MatchType.MATCH_TYPE_NOT_EQUAL;
                            case REGEXP -> MatchType.MATCH_TYPE_REGEXP;
                            case NOT_REGEXP -> MatchType.MATCH_TYPE_NOT_REGEXP;
                        })
                .setValue(matcher.value())
                .build();
    }

    static Draft draft(SilenceDraft silence) {
        return new Draft(
                silence.getId(),
                drafts("silence.matchers", silence.getMatchersList()),
                silence.hasStartsAt() ? Times.instant("silence.starts_at", silence.getStartsAt()) : null,
                silence.hasEndsAt() ? Times.instant("silence.ends_at", silence.getEndsAt()) : null,
                silence.getCreatedBy(),
                silence.getComment(),
                silence.getAnnotationsMap());
    }

    static List<MatcherDraft> drafts(String field, List<Matcher> matchers) {
        List<MatcherDraft> drafts = new ArrayList<>(matchers.size());
        for (int i = 0; i < matchers.size(); i++) {
            Matcher matcher = matchers.get(i);
            boolean equal = switch (matcher.getType()) {
                case MATCH_TYPE_EQUAL, MATCH_TYPE_REGEXP -> true;
                case MATCH_TYPE_NOT_EQUAL, MATCH_TYPE_NOT_REGEXP -> false;
                default ->
                    throw ServiceException.invalid(
                            "INVALID_MATCHER", field + "[" + i + "].type", "must be one of the named types");
            };
            boolean regex = matcher.getType() == MatchType.MATCH_TYPE_REGEXP
                    || matcher.getType() == MatchType.MATCH_TYPE_NOT_REGEXP;
            drafts.add(new MatcherDraft(matcher.getName(), matcher.getValue(), regex, equal));
        }
        return drafts;
    }

    static SilenceService.Query query(List<String> matchers, List<SilenceState> states) {
        Set<State> wanted = EnumSet.noneOf(State.class);
        for (SilenceState state : states) {
            wanted.add(
                    switch (state) {
                        case SILENCE_STATE_PENDING -> State.PENDING;
                        case SILENCE_STATE_ACTIVE -> State.ACTIVE;
                        case SILENCE_STATE_EXPIRED -> State.EXPIRED;
                        default -> throw ServiceException.invalid("states", "must be pending, active or expired");
                    });
        }
        return new SilenceService.Query(matchers, wanted);
    }
}
