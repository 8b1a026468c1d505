package dev.tocsin.api.grpc;

import dev.tocsin.api.grpc.v1.Matcher;
import dev.tocsin.api.grpc.v1.RouteServiceGrpc;
import dev.tocsin.api.grpc.v1.RouteServiceMatchRequest;
import dev.tocsin.api.grpc.v1.RouteServiceMatchResponse;
import dev.tocsin.api.grpc.v1.RouteServiceTreeRequest;
import dev.tocsin.api.grpc.v1.RouteServiceTreeResponse;
import dev.tocsin.api.grpc.v1.RouteServiceWhatIfRequest;
import dev.tocsin.api.grpc.v1.RouteServiceWhatIfResponse;
import dev.tocsin.api.service.RouteService;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.core.route.RouteWalk;
import dev.tocsin.core.whatif.Candidate;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;

/** The calls of RouteService. Safe for all threads. */
final class RouteCalls extends RouteServiceGrpc.RouteServiceImplBase {
    private final RouteService routes;

    RouteCalls(RouteService routes) {
        this.routes = routes;
    }

    @Override
    public void tree(RouteServiceTreeRequest request, StreamObserver<RouteServiceTreeResponse> out) {
        Replies.now(
                out,
                () -> RouteServiceTreeResponse.newBuilder()
                        .setRoot(RouteMessages.tree(routes.tree().root()))
                        .build());
    }

    @Override
    public void match(RouteServiceMatchRequest request, StreamObserver<RouteServiceMatchResponse> out) {
        Replies.now(out, () -> {
            RouteWalk walk = routes.match(request.getLabelsMap());
            return RouteServiceMatchResponse.newBuilder()
                    .addAllReceivers(walk.selected().stream()
                            .map(route -> route.options().receiver())
                            .toList())
                    .setWalk(RouteMessages.walk(walk))
                    .build();
        });
    }

    @Override
    public void whatIf(RouteServiceWhatIfRequest request, StreamObserver<RouteServiceWhatIfResponse> out) {
        Replies.later(
                out, () -> routes.whatIf(candidate(request), request.getLimit()).thenApply(RouteMessages::comparison));
    }

    private static Candidate candidate(RouteServiceWhatIfRequest request) {
        Candidate tried = tried(request);
        if (!request.hasSince() && !request.hasUntil()) {
            return tried;
        }
        if (!request.hasSince() || !request.hasUntil()) {
            throw ServiceException.invalid(
                    request.hasSince() ? "until" : "since", "give both ends of the time or none");
        }
        Instant from = Times.instant("since", request.getSince());
        Instant until = Times.instant("until", request.getUntil());
        if (!from.isBefore(until)) {
            throw ServiceException.invalid("since", "must be before until");
        }
        return new Candidate.InPast(tried, from, until);
    }

    private static Candidate tried(RouteServiceWhatIfRequest request) {
        return switch (request.getCandidateCase()) {
            case CONFIG_YAML -> new Candidate.ConfigurationText(request.getConfigYaml());
            case SILENCE -> {
                List<Matcher> matchers = request.getSilence().getMatchersList();
                yield new Candidate.NewSilence(List.of(SilenceService.compiled(
                        "silence.matchers", SilenceMessages.drafts("silence.matchers", matchers))));
            }
            case EXPIRED_SILENCE_ID -> new Candidate.EndedSilence(request.getExpiredSilenceId());
            case CANDIDATE_NOT_SET ->
                throw ServiceException.invalid("candidate", "give a configuration, a silence or the id of one");
        };
    }
}
