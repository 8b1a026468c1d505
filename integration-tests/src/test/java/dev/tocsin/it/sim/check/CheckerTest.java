package dev.tocsin.it.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Request.Ending;
import dev.tocsin.it.sim.history.Topology;
import dev.tocsin.it.sim.world.Settings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether each sentence of the promise can be broken in the eyes of the checker, and its exceptions cannot. */
class CheckerTest {
    private static final String KEY = "{}:{team=\"t0\"} first/webhook[0]";
    private static final NotificationEvent.Destination TO =
            new NotificationEvent.Destination("{}:{team=\"t0\"}", "first", "webhook[0]");
    private static final Topology ALL = new Topology(7, true, 0, 7, 7, 7);
    private static final Settings SETTINGS = Settings.cluster(3);
    private static final long END = seconds(200);

    private final History history = new History();
    private long truth;

    CheckerTest() {
        history.add(new Happening.Reachable(0, ALL));
    }

    private static long seconds(double seconds) {
        return Math.round(seconds * 1e9);
    }

    private List<String> broken() {
        return Checker.check(history, SETTINGS, truth, END).stream()
                .map(violation -> violation.guarantee() + " " + violation.sentence())
                .distinct()
                .toList();
    }

    /** A request that is accepted and ends after 10 ms, written down as the hub does. */
    private Request request(
            double second, int node, long sequence, boolean marked, long firing, long resolved, Ending ending) {
        long at = seconds(second);
        String idempotencyKey = "key-" + sequence + "-" + firing + "-" + resolved;
        Request request = new Request(
                history.requests().size(),
                node,
                1,
                new Request.Content(KEY, 0, "first/webhook[0]", sequence, idempotencyKey, marked, firing, resolved),
                at);
        write(
                at,
                node,
                new NotificationEvent.Claimed(
                        TO, sequence, NotificationReason.FIRST_NOTIFICATION, marked, marked ? "a maybe" : ""));
        history.add(new Happening.Sent(at, request));
        request.accept(at + seconds(0.005));
        history.add(new Happening.Accepted(at + seconds(0.005), request));
        if (ending != Ending.NONE) {
            request.end(at + seconds(0.01), ending);
            history.add(new Happening.Ended(at + seconds(0.01), request));
        }
        if (ending == Ending.DELIVERED) {
            write(
                    at + seconds(0.01),
                    node,
                    new NotificationEvent.Delivered(
                            TO,
                            sequence,
                            idempotencyKey,
                            NotificationReason.FIRST_NOTIFICATION,
                            Fingerprints.of(),
                            Fingerprints.of(),
                            1,
                            marked,
                            "200"));
        }
        truth = firing;
        return request;
    }

    private void write(long at, int node, NotificationEvent event) {
        history.add(new Happening.Journaled(at, node, 1, event));
    }

    private void happens(double second, String what) {
        history.add(new Happening.Interference(seconds(second), what));
    }

    @Test
    void newsIsNoRepeat() {
        request(10, 0, 1, false, 1, 0, Ending.DELIVERED);
        request(20, 1, 2, false, 0, 1, Ending.DELIVERED);
        request(30, 2, 3, false, 1, 0, Ending.DELIVERED);

        assertThat(broken()).isEmpty();
    }

    @Test
    void whatIsAcceptedTwiceWithoutReasonBreaksTheSecondGuarantee() {
        request(10, 0, 1, false, 1, 0, Ending.DELIVERED);
        request(20, 1, 2, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G2");
    }

    @Test
    void theDeathOfTheSenderAfterTheOutcomeIsWithTheOthersIsNoReason() {
        request(10, 0, 1, false, 1, 0, Ending.DELIVERED);
        happens(10.1, "n1.1 is killed");
        request(12, 1, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G2");
    }

    @Test
    void theDeathOfTheSenderBeforeTheOutcomeIsWithTheOthersIsAReasonForAMarkedCopy() {
        request(10, 0, 1, false, 1, 0, Ending.NONE);
        happens(10.006, "n1.1 is killed");
        request(12, 1, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aCopyThatIsNotMarkedBreaksTheThirdGuarantee() {
        request(10, 0, 1, false, 1, 0, Ending.NONE);
        happens(10.006, "n1.1 is killed");
        request(12, 1, 1, false, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G3 Of two copies");
    }

    @Test
    void aSecondCopyForOneDeathBreaksTheThirdGuarantee() {
        request(10, 0, 1, false, 1, 0, Ending.NONE);
        happens(10.006, "n1.1 is killed");
        request(12, 1, 1, true, 1, 0, Ending.DELIVERED);
        request(13, 2, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G3 Each such event");
    }

    @Test
    void aCopyUnderAnotherNumberOnTheSameSideBreaksTheThirdGuarantee() {
        request(10, 0, 1, false, 1, 0, Ending.NONE);
        happens(10.006, "n1.1 is killed");
        request(12, 1, 2, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G3 They carry the same");
    }

    @Test
    void withoutAMajorityEachSideMayTellOnce() {
        history.add(new Happening.Reachable(seconds(5), new Topology(7, true, 0, 1, 2, 4)));
        request(60, 0, 1, true, 1, 0, Ending.DELIVERED);
        request(60.1, 1, 1, true, 1, 0, Ending.DELIVERED);
        request(60.2, 2, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aSenderThatIsCutOffForLongerThanItsLeaseIsAReason() {
        request(10, 0, 1, false, 1, 0, Ending.UNANSWERED);
        history.add(new Happening.Reachable(seconds(10.005), new Topology(7, true, 0, 1, 6, 6)));
        request(14, 1, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aShortCutIsNoReason() {
        request(10, 0, 1, false, 1, 0, Ending.DELIVERED);
        history.add(new Happening.Reachable(seconds(10.005), new Topology(7, true, 0, 1, 6, 6)));
        history.add(new Happening.Reachable(seconds(11), ALL));
        request(14, 1, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G2");
    }

    /** So long after the ways are free it tells; so long after that they have met. */
    @ParameterizedTest
    @CsvSource({"0.3,0.4,0", "1.2,2,0", "0.5,0.4,1", "1.3,2,1"})
    void aNodeThatHasNotMetTheOthersAgainAfterACutMayTellWhatTheyTold(double after, double connected, int violations) {
        history.add(new Happening.Reachable(seconds(5), new Topology(7, true, 0, 1, 6, 6)));
        request(20, 1, 1, false, 1, 0, Ending.DELIVERED);
        history.add(new Happening.Reachable(seconds(60), ALL));
        history.add(new Happening.Met(seconds(60 + connected), 1, 0));
        history.add(new Happening.Met(seconds(60 + connected), 2, 0));
        request(60 + after, 0, 1, true, 1, 0, Ending.DELIVERED);
        assertThat(broken()).hasSize(violations).allMatch(sentence -> sentence.startsWith("G2"));
    }

    @Test
    void fallingNumbersBreakTheFourthGuarantee() {
        request(10, 0, 5, false, 1, 0, Ending.DELIVERED);
        request(20, 1, 4, false, 0, 1, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G4 On one side");
    }

    @Test
    void twoNotificationsUnderOneNumberBreakTheFourthGuarantee() {
        request(10, 0, 5, false, 1, 0, Ending.DELIVERED);
        request(20, 1, 5, false, 0, 1, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G4 Same number");
    }

    @Test
    void whatReceiversBelieveInTheEndMustBeTrue() {
        request(10, 0, 5, false, 1, 0, Ending.DELIVERED);
        truth = 0;

        assertThat(broken()).singleElement().asString().startsWith("G4 After healing");
    }

    @ParameterizedTest
    @CsvSource({"110,0", "130,1"})
    void whatIsWrongAfterAHealingIsCorrectedAtTheNextTick(double corrected, int violations) {
        request(20, 1, 1, false, 1, 0, Ending.DELIVERED);
        happens(30, "a0 is over");
        happens(100, "all ways are good");
        request(corrected, 0, 2, true, 0, 1, Ending.DELIVERED);
        assertThat(broken()).hasSize(violations).allMatch(sentence -> sentence.startsWith("G4"));
    }

    @Test
    void aDeliveryThatIsNotInTheJournalBreaksTheFifthGuarantee() {
        Request request = request(10, 0, 5, false, 1, 0, Ending.NONE);
        request.end(seconds(10.01), Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G5 Every decision");
    }

    private void post(double second, int holders) {
        Happening.Posted post = new Happening.Posted(seconds(second), 0, "p1", 0, 1, 0);
        history.add(post);
        history.add(new Happening.PostAnswered(
                seconds(second + 0.002), post, List.of(holders, 0, 0, 0, 0, 0, 0, 0, 0), false));
    }

    @Test
    void anAcknowledgedAlertThatNobodyTriesToTellBreaksTheFirstGuarantee() {
        post(10, 3);
        truth = 1;

        assertThat(broken()).anyMatch(line -> line.startsWith("G1 An alert answered with 200"));
    }

    @Test
    void anAlertThatIsToldLateBreaksTheFirstGuarantee() {
        post(10, 3);
        request(23, 0, 5, false, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G1 An alert answered with 200");
    }

    @Test
    void anAlertThatIsToldInTimeBreaksNothing() {
        post(10, 3);
        request(18, 0, 5, false, 1, 0, Ending.DELIVERED);

        assertThat(broken()).isEmpty();
    }

    @Test
    void anAnswerThatComesBeforeHalfOfTheOthersHaveTheAlertMustBeCounted() {
        post(10, 1);
        request(18, 0, 5, false, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G1 acknowledged by half");
    }

    @Test
    void anEditOfASilenceThatIsUndoneIsSeen() {
        Happening.SilenceAsked edit = new Happening.SilenceAsked(seconds(10), 0, 1, 0, 8, false);
        history.add(edit);
        history.add(new Happening.SilenceAnswered(seconds(10.1), edit, true, "id", 0));
        history.add(new Happening.SilenceSeen(seconds(200), 2, 0, true, true));

        assertThat(broken()).singleElement().asString().startsWith("silences");
    }

    /** One node is cut off from 10 s on and edits {@code after} seconds after the healing what the others edited meanwhile. */
    private void silenceEndsAfterACut(double length, double after) {
        double healed = 10 + length;
        history.add(new Happening.Reachable(seconds(10), new Topology(7, true, 0, 3, 3, 4)));
        edit(10.5, new Happening.SilenceAsked(seconds(10.5), 0, 1, 0, 8, true));
        history.add(new Happening.Reachable(seconds(healed), ALL));
        edit(healed + after, new Happening.SilenceAsked(seconds(healed + after), 0, 2, 2, 8, false));
        history.add(new Happening.SilenceSeen(seconds(200), 2, 0, true, true));
    }

    private void edit(double second, Happening.SilenceAsked edit) {
        history.add(edit);
        history.add(new Happening.SilenceAnswered(seconds(second + 0.01), edit, true, "id", 0));
    }

    @ParameterizedTest
    @CsvSource({"24, 0.1", "24, 0.5", "24, 1.5", "2, 0.1"})
    void anEditByANodeThatHasNotMetTheOthersAgainAfterACutMayBeUndone(double length, double after) {
        silenceEndsAfterACut(length, after);

        assertThat(broken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"24, 1.6", "24, 10", "2, 0.4"})
    void anEditByANodeThatHasMetTheOthersAgainMayNot(double length, double after) {
        silenceEndsAfterACut(length, after);

        assertThat(broken()).singleElement().asString().startsWith("silences");
    }

    @Test
    void aReceiverThatNeverAnswersIsAReasonHoweverLongItsSenderWaits() {
        request(10, 0, 1, false, 1, 0, Ending.CLOSED).ignore();
        request(14, 1, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aReceiverThatOnlyWouldHaveAnsweredLateIsNone() {
        request(10, 0, 1, false, 1, 0, Ending.CLOSED);
        request(14, 1, 1, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G2");
    }

    @Test
    void aNumberThatIsStartedTooLateAfterAStandstillBreaksTheFourthGuarantee() {
        Request late = request(10, 0, 5, false, 1, 0, Ending.CLOSED);
        history.add(new Happening.Reachable(seconds(11), new Topology(7, true, 0, 0, 6, 6)));
        request(15, 1, 6, true, 3, 0, Ending.DELIVERED);
        history.add(new Happening.Reachable(seconds(16), ALL));
        Request again = new Request(history.requests().size(), 0, 1, late.content(), seconds(17));
        history.add(new Happening.Sent(seconds(17), again));
        again.end(seconds(17.1), Ending.REFUSED);

        assertThat(broken()).singleElement().asString().startsWith("G4 On one side");
    }

    @Test
    void whatOneNodeCannotDeliverAnotherOneMust() {
        happens(2, "n1 does not reach the receivers");
        post(60, 7);
        Request attempt = new Request(
                0, 0, 1, new Request.Content(KEY, 0, "first/webhook[0]", 5, "key-5-1-0", false, 1, 0), seconds(62));
        write(seconds(62), 0, new NotificationEvent.Claimed(TO, 5, NotificationReason.FIRST_NOTIFICATION, false, ""));
        history.add(new Happening.Sent(seconds(62), attempt));
        attempt.end(seconds(62.1), Ending.UNREACHABLE);
        request(120, 1, 6, false, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G1 One node's own way");
    }

    @Test
    void anEndThatOnlyAMinorityInfersBreaksTheFourthGuarantee() {
        post(10, 7);
        request(16, 1, 5, false, 1, 0, Ending.DELIVERED);
        history.add(new Happening.Reachable(seconds(20), new Topology(7, true, 0, 1, 6, 6)));
        request(150, 0, 6, true, 0, 1, Ending.DELIVERED);
        request(170, 1, 7, true, 1, 0, Ending.DELIVERED);

        assertThat(broken()).singleElement().asString().startsWith("G4 An end that was only inferred");
    }

    @Test
    void nobodyMayHaveToAskAllTheTimeWhereNothingGoesWrong() {
        history.add(new Happening.Nudges(seconds(10), 0, 3));
        history.add(new Happening.Nudges(seconds(200), 0, 23));
        assertThat(broken()).isEmpty();

        history.add(new Happening.Nudges(seconds(200), 0, 24));
        assertThat(broken()).singleElement().asString().startsWith("turns");
    }

    @Test
    void whatStillFiresMustBeToldAgain() {
        post(10, 7);
        request(16, 1, 5, false, 1, 0, Ending.DELIVERED);
        assertThat(broken()).isEmpty();

        Settings often = new Settings(3, true, Set.of(), 2, true, 4, 9, 0, 500, 1_000, 5_000, 30_000, 15_000, Set.of());
        assertThat(Checker.check(history, often, truth, END))
                .extracting(Violation::sentence)
                .containsExactly("What still fires is told again when the repeat interval has elapsed");
    }
}
