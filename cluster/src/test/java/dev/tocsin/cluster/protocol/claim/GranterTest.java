package dev.tocsin.cluster.protocol.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.protocol.claim.Granter.Decision;
import dev.tocsin.cluster.protocol.claim.Granter.Phase;
import dev.tocsin.core.fixture.Rows;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.VersionVector;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of section 6, in the order in which they count. */
class GranterTest {
    private static final ClaimId ASKED = new ClaimId(1, 1, 7);
    private static final ClaimId OTHER = new ClaimId(2, 1, 3);
    private static final ClaimId OWN = new ClaimId(3, 1, 5);

    static Stream<Arguments> granter() {
        return Rows.of(GranterTest.class, "granter.tsv", 9);
    }

    @ParameterizedTest
    @MethodSource
    void granter(
            String heads,
            String maybes,
            String ended,
            String abstains,
            String promised,
            String own,
            String phase,
            String ranksBetter,
            String answer) {
        KeyState log = KeyState.EMPTY;
        if (heads.equals("yes")) {
            log = log.mergeEntry(Entries.entry(1, VersionVector.EMPTY.with(9, 1), "A", "", Entries.NOW, 9));
        }
        if (maybes.equals("yes")) {
            log = log.addMaybe(Entries.claim(new ClaimId(8, 1, 1), 1, VersionVector.EMPTY, "A", "", Entries.NOW));
        }
        ClaimContent content = Entries.claim(ASKED, 2, VersionVector.EMPTY, "A", "", Entries.NOW);
        Phase ownPhase = switch (own) {
            case "asking" -> Phase.ASKING;
            case "sending" -> Phase.SENDING;
            default -> null;
        };
        Decision decision = Granter.decide(
                new Granter.Asked(
                        content,
                        List.of(),
                        phase.equals("asking") ? Phase.ASKING : Phase.SENDING,
                        ranksBetter.equals("yes")),
                new Granter.Situation(
                        log,
                        promised.isEmpty() ? null : promised.equals("same") ? ASKED : OTHER,
                        ownPhase,
                        ownPhase == null ? null : OWN,
                        ended.equals("yes"),
                        abstains.equals("yes") ? "cold" : null,
                        true));
        assertThat(text(decision)).isEqualTo(answer);
    }

    private static String text(Decision decision) {
        return switch (decision) {
            case Decision.Grant grant -> grant.withdrawsOwn() ? "withdraw" : "grant";
            case Decision.Abstain abstain -> "abstain";
            case Decision.News news -> "news";
            case Decision.Taken taken -> "taken";
        };
    }

    @Test
    void whatTheClaimantKnowsIsNoNews() {
        KeyState log = KeyState.EMPTY
                .mergeEntry(Entries.entry(1, VersionVector.EMPTY.with(9, 4), "A", "", Entries.NOW, 9))
                .addMaybe(Entries.claim(new ClaimId(8, 1, 2), 2, VersionVector.EMPTY, "A", "", Entries.NOW));
        VersionVector knows = VersionVector.EMPTY.with(9, 4).with(8, 2);
        ClaimContent informed = Entries.claim(ASKED, 3, knows, "A", "", Entries.NOW);
        ClaimContent behind = Entries.claim(ASKED, 3, VersionVector.EMPTY.with(9, 3), "A", "", Entries.NOW);
        assertThat(KeyClaims.hasNews(log, informed, List.of())).isFalse();
        assertThat(KeyClaims.hasNews(log, behind, List.of())).isTrue();
    }

    @Test
    void anOutcomeIsNewsToAClaimantThatTookItForUnknownThoughTheirVersionsAreTheSame() {
        ClaimId sent = new ClaimId(8, 1, 2);
        VersionVector knows = VersionVector.EMPTY.with(8, 2);
        KeyState log = KeyState.EMPTY.mergeEntry(Entries.entry(1, knows, "A", "", Entries.NOW, 8));
        ClaimContent content = Entries.claim(ASKED, 2, knows, "A", "", Entries.NOW);

        assertThat(KeyClaims.hasNews(log, content, List.of())).isFalse();
        assertThat(KeyClaims.hasNews(log, content, List.of(sent))).isTrue();
        assertThat(text(Granter.decide(
                        new Granter.Asked(content, List.of(sent), Phase.ASKING, true),
                        new Granter.Situation(log, null, null, null, false, null, true))))
                .isEqualTo("news");
    }
}
