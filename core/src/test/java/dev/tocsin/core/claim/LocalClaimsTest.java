package dev.tocsin.core.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.claim.ClaimAnswer.Denied;
import dev.tocsin.core.claim.ClaimAnswer.Granted;
import dev.tocsin.core.claim.ClaimAnswer.Held;
import dev.tocsin.core.claim.Grant.Release;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.log.VersionVector;
import dev.tocsin.core.runtime.Cancellable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalClaimsTest {
    private final LocalClaims claims = new LocalClaims();
    private final List<ClaimAnswer> first = new ArrayList<>();
    private final List<ClaimAnswer> second = new ArrayList<>();

    private Cancellable claim(int counter, List<ClaimAnswer> answers) {
        ClaimId id = new ClaimId(1, 1, counter);
        return claims.claim(
                new ClaimRequest(Entries.claim(id, 1, VersionVector.EMPTY, "a", "", Entries.NOW), Entries.NOW, "{}"),
                answers::add);
    }

    @Test
    void aFreeKeyIsGrantedAtOnceAndWithoutDoubt() {
        claim(1, first);

        assertThat(first).hasSize(1).first().isInstanceOfSatisfying(Granted.class, granted -> {
            assertThat(granted.grant().maySend()).isTrue();
            assertThat(granted.grant().doubt()).isEmpty();
        });
    }

    @Test
    void aHeldKeyIsDeniedWhenItIsReleasedSoThatTheClaimantDecidesAgain() {
        claim(1, first);
        claim(2, second);
        assertThat(second).hasExactlyElementsOfTypes(Held.class);

        Grant grant = ((Granted) first.getFirst()).grant();
        grant.release(Release.RECORDED);
        grant.release(Release.RECORDED);

        assertThat(second).hasExactlyElementsOfTypes(Held.class, Denied.class);
        assertThat(grant.maySend()).isFalse();
    }

    @Test
    void whoHasGivenUpAskingIsNotAnswered() {
        claim(1, first);
        claim(2, second).cancel();

        ((Granted) first.getFirst()).grant().release(Release.UNKNOWN);

        assertThat(second).hasExactlyElementsOfTypes(Held.class);
    }

    @Test
    void aReleasedKeyIsFreeAgain() {
        claim(1, first);
        ((Granted) first.getFirst()).grant().release(Release.NOT_SENT);

        claim(2, second);

        assertThat(second).hasExactlyElementsOfTypes(Granted.class);
    }
}
