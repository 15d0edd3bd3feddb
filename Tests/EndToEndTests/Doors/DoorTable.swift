/// Doors × kinds of faults: each cell names tests, or the reason why its kind cannot occur behind its door.
///
/// A cell holds words of `meanings`, of which those with a capital letter are tests and the others reasons.
enum DoorTable {
    static let drawing = """
        WHO MAY BE MISTAKEN FOR OURS     | plan  | apply | undo  | rebuild | forget | sync  | schedule | webhook | events | feed
        another's event, by the state    | S1    | S1 S2 | S1    | S1      | S1     | S1    | S1       | S1      | S1     | S1
        another's event, by its mark     | S1    | S1    | S1 U1 | S1      | S1     | S1    | S1       | S1      | S1     | S1
        another's calendar               | S7    | S7 S3 | U1    | S7      | S7     | S7    | S7       | S7      | S7     | S7
        a person's copy                  | S1    | S4 S5 | S1 U2 | S4      | S4     | S1    | S1       | S1      | S1     | S1
        events of a renamed prefix       | R1    | R1    | R2    | R1 R3   | R1     | R1    | R1       | R1 R4   | R1     | R1
        events of another database       | D1    | D1 D2 | D3    | D1 D4   | D1     | D1    | D1       | D1      | D1 D5  | D1 D5
        a stray of another database      | S1    | S1 S6 | S1    | S1      | S1     | S1    | S1       | S1      | S1     | S1
        a calendar with a copied mark    | S1 F1 | S1 F1 | S1    | S1      | S1     | S1    | S1       | S1      | S1     | S1
        a second calendar with our mark  | F2    | F2 F3 | other | F2      | F2     | F2    | F2       | F2      | F2     | F2
        a state under a second name      | N1    | N1 N2 | N1    | N1      | N1     | N3    | name     | name    | name   | name

        WHAT MAY LOOK EMPTY OR GONE      | plan  | apply | undo  | rebuild | forget | sync  | schedule | webhook | events | feed
        users without a name             | K1    | K1 H1 | page  | K1      | K1     | K1    | K1       | K1      | K1     | K1
        sources that are not shared      | K1    | K1 H2 | page  | K1      | K1     | K1    | K1       | K1      | K1     | K1
        private events                   | K1    | K1 H3 | K2 H4 | K1 H3   | K1     | K1    | K1       | K1      | K1     | K1
        404 of a page never seen         | K1    | K1 H5 | page  | K1      | K1     | K1    | K1       | K1      | K1     | K1
        another data source              | K1    | K1 D6 | page  | K1 D6   | K1 D6  | K1    | K1       | K1      | K1     | K1
        a field that is gained           | K1    | K1 G1 | page  | K1 G2   | K1 G2  | K1    | K1       | K1      | K1 G3  | K1
        a field that is lost             | K1    | K1 G4 | page  | K1      | K1 G4  | K1    | K1       | K1      | K1     | K1
        another column of the same name  | K1 O1 | K1 O1 | page  | K1 O1   | K1 O1  | K1 O1 | K1       | K1      | K1 O1  | K1
        a calendar that hides its events | K1    | K1 B3 | B4    | K1      | K1     | K1    | K1       | K1      | K1 O2  | K1 O2
        a page that is not whole         | K1    | K1 H6 | page  | K1      | K1     | K1    | K1       | K1      | K1     | K1
        a date that is none              | K1    | K1 H7 | page  | K1      | K1     | K1    | K1       | K1      | P1 O3  | P1 O3
        rows that a listing hides        | K1    | K1 H8 | page  | K1      | K1     | K1    | K1       | K1      | K1     | K1
        proofs that are old              | reads | K3 Q1 | Q2    | google  | google | K3    | K3       | K3      | gone   | gone

        WHAT MAY LOOK DONE               | plan  | apply | undo  | rebuild | forget | sync  | schedule | webhook | events | feed
        a delete with another answer     | T1    | T1 C1 | T2    | T1      | T1     | T1    | T1       | T1      | T1     | T1
        an insert with another answer    | T1    | T1 C2 | T2    | T1      | T1     | T1    | T1       | T1      | T1     | T1
        an update with another answer    | T1    | T1 C2 | T2    | T1      | T1     | T1    | T1       | T1      | T1     | T1
        a change that others made first  | reads | J1    | J1    | google  | google | J2    | same     | same    | shown  | shown
        what Google stores differently   | W1    | T3 W1 | W2    | T3 W3   | T3     | T3    | T3       | T3      | T3     | T3
        deletes that a limit holds back  | T1    | T1 L1 | L2    | T1      | T1     | T1    | T1       | T1      | P2 O4  | P2 O4
        updates that a limit holds back  | T1    | T1 L3 | L4    | T1      | T1     | T1 L5 | T1       | T1      | T1 P3  | T1 P3
        deletes of a state that was lost | T4    | T4 L6 | L7    | L8      | L9     | T4    | T4       | T4      | T4     | T4
        organizations on hold            | T5    | T5 A1 | again | T5      | T5     | T5    | T5       | T5      | T5 P4  | T5 P4
        organizations never enabled      | T5    | T5 A1 | T6    | T5      | T5     | T5    | T5       | T5      | T5     | T5
        an interval that was missed      | timer | timer | timer | timer   | timer  | timer | A2       | timer   | A3     | A3
        revisions that stand still       | reads | V1    | V1    | V1      | V1     | V1 V2 | V1       | V1      | json   | V2 V3
        a calendar that may only be read | T1 B1 | T1 B2 | T6    | T1      | T1     | T1    | T1       | T1      | T1     | T1
        a run that is stopped            | T1    | T1 X1 | X2    | T1      | T1     | T1 X3 | T1       | T1      | T1     | T1
        """

    enum Meaning: Sendable {
        /// - doors: those that the test's arguments name; nil: the test is of one door.
        case test(String, String, doors: [Door]? = nil)
        case cannot(String)
    }

    static let meanings: [String: Meaning] = reasons.merging(ownership) { one, _ in one }
        .merging(knowledge) { one, _ in one }.merging(truth) { one, _ in one }

    // MARK: - Why it cannot occur

    private static let reasons: [String: Meaning] = [
        "again": .cannot(
            "An undo is what makes a hold; one of an organization on hold lengthens it (StateSession.hold)."
        ),
        "gone": .cannot(
            "An event goes from a feed only with a delete that was applied (Publication.gone), or, of an organization that is only "
                + "shown, by a look that is made for that very answer (PageReader.state)."
        ),
        "google": .cannot("It writes to the state alone: it has no request that writes to Google."),
        "json": .cannot("The JSON document has no revision (EventsDocument)."),
        "name": .cannot(
            "The service resolves the state's name once, as it starts; no request names a state (ServeCommand)."
        ),
        "other": .cannot(
            "An undo goes by the calendar that the state gives the organization (Engine.place); what others there are, it does not ask."
        ),
        "page": .cannot("An undo reads no page: it goes by the journal and the live events alone (UndoObservation)."),
        "reads": .cannot("A plan writes nothing and publishes nothing, and an apply of it observes anew (Engine)."),
        "same": .cannot("A run of the schedule or for a delivery is carried out by the code of a sync (Engine.sync)."),
        "shown": .cannot("What is read for the endpoints is written to the state alone (Engine.publishedEvents)."),
        "timer": .cannot("Intervals are the schedule's (MissedRuns): anything else runs when it is asked for."),
    ]

    // MARK: - Tests

    private static let ownership: [String: Meaning] = [
        "S1": .test("OwnershipDoorTests", "no door touches or shows what only looks like ours", doors: Door.allCases),
        "S2": .test(
            "EventOwnershipTests",
            "events that the state links with an organization that is gone are left alone"
        ),
        "S3": .test("EventOwnershipTests", "a calendar of an organization is none of another's, whichever is run"),
        "S4": .test("EventOwnershipTests", "what a person makes of a copy stays, whatever becomes of the state"),
        "S5": .test("EventOwnershipTests", "it stays when the page goes, and after that"),
        "S6": .test("HeldAbsenceTests", "a mark of another database is no sign that a page was seen in this one"),
        "S7": .test(
            "OwnershipDoorTests",
            "no door works on a calendar that another organization has",
            doors: Door.reading
        ),
        "U1": .test("EventOwnershipTests", "an undo does not touch what is another organization's by now"),
        "U2": .test("OwnershipDoorTests", "what is not ours does not stand in for an event that an undo brings back"),
        "R1": .test(
            "OwnershipDoorTests",
            "every door knows a renamed organization by its database",
            doors: Door.reading
        ),
        "R2": .test("RenameTests", "an undo under the new prefix takes back what was done under the old one"),
        "R3": .test("RenameTests", "rebuild recognizes a renamed organization, and keeps its history"),
        "R4": .test("OwnershipDoorTests", "a delivery about a page finds the organization that was renamed since"),
        "D1": .test("OwnershipDoorTests", "no door takes another database for the one of before", doors: Door.reading),
        "D2": .test("DatabaseChangeTests", "events that are certainly the same are kept, the others replaced"),
        "D3": .test("DatabaseChangeTests", "an undo gives the events back to the pages that they had"),
        "D4": .test("OwnershipDoorTests", "a rebuild from nothing does not take a new database for the one of before"),
        "D5": .test(
            "OwnershipDoorTests",
            "subscribers see what is in the calendar after the database changed, and after that was undone",
            doors: [.events, .feed]
        ),
        "D6": .test("DatabaseChangeTests", "another data source under the declared name is an error that names both"),
        "F1": .test("FirstRunTests", "a calendar that somebody else marked is not taken, and stops the creation"),
        "F2": .test(
            "OwnershipDoorTests",
            "no door writes to either of two calendars with our mark",
            doors: Door.reading
        ),
        "F3": .test("FirstRunTests", "three runs without a common state make one calendar's events, not three"),
        "N1": .test("StateNameTests", "what cannot be a state is refused at every door, with the reason"),
        "N2": .test("StateNameTests", "a run under one name keeps out runs under the others"),
        "N3": .test("StateNameTests", "the service writes and waits under the state's own name"),
    ]

    private static let knowledge: [String: Meaning] = [
        "K1": .test("KnowledgeDoorTests", "no door takes what it does not see for empty or gone", doors: Door.reading),
        "K2": .test("KnowledgeDoorTests", "an undo does not touch an event of which Google shows nothing"),
        "K3": .test("KnowledgeDoorTests", "a proof that has become too old lets no event go", doors: Door.writing),
        "H1": .test(
            "HiddenContentTests",
            "without the capability to read users every event stays, and one warning names it"
        ),
        "H2": .test("HiddenContentTests", "a rollup's date that goes with its relation takes no event away"),
        "H3": .test("CalendarAccessTests", "a private event whose content is not shown is left alone"),
        "H4": .test(
            "CalendarAccessTests",
            "an event that becomes private during a run is not written, and an undo leaves it"
        ),
        "H5": .test("HeldAbsenceTests", "a page that no run ever saw is not gone"),
        "H6": .test("UnfinishedPageTests", "it keeps its event as it is and does not stop the others"),
        "H7": .test("DeletionProofTests", "an invalid date keeps the event as it is"),
        "H8": .test("DeletionProofTests", "trouble deletes nothing and is an error, and all is well when it ends"),
        "G1": .test("GainedFieldTests", "a column that appears is not used, with a warning and the line to add"),
        "G2": .test("GainedFieldTests", "the decision outlives the links"),
        "G3": .test("GainedFieldTests", "the public events follow the decision, by a sync and by themselves"),
        "G4": .test("GainedFieldTests", "a field that is lost is left to people by the line that the error names"),
        "O1": .test(
            "ReboundColumnTests",
            "another column with the name of the one that gave a field changes nothing, in any door"
        ),
        "O2": .test(
            "UnknownStateFeedTests",
            "where no event of the calendar is seen, nothing is shown as all there is"
        ),
        "O3": .test("UnknownStateFeedTests", "pages that are invalid keep their events in the feed"),
        "O4": .test("UnknownStateFeedTests", "pages that the limits keep in the calendar stay in the feed"),
        "B3": .test(
            "CalendarAccessTests",
            "a calendar that shows only when somebody is busy is an error, whatever there is to do"
        ),
        "B4": .test("CalendarAccessTests", "an undo of what may only be read by now writes nothing"),
        "P1": .test("PublicationTests", "a page with a typo in its end keeps its event for subscribers"),
        "Q1": .test("QuestionTests", "pages that are restored while somebody thinks keep their events"),
        "Q2": .test("QuestionTests", "an undo asks without the lock, and takes back only what was shown"),
    ]

    private static let truth: [String: Meaning] = [
        "T1": .test("TruthDoorTests", "no door says that something was done which was not", doors: Door.reading),
        "T2": .test("TruthDoorTests", "an undo does not say that something was taken back which was not"),
        "T3": .test(
            "TruthDoorTests",
            "no door writes again what Google stores differently",
            doors: Door.writing + [.rebuild, .forget, .events, .feed]
        ),
        "T4": .test(
            "TruthDoorTests",
            "every door counts the deletes that a lost state forgot",
            doors: Door.writing + [.plan, .events, .feed]
        ),
        "T5": .test(
            "TruthDoorTests",
            "no door writes to an organization that is held or was never enabled",
            doors: Door.reading
        ),
        "T6": .test("TruthDoorTests", "an undo of what may not be written is an error that changes nothing"),
        "C1": .test("ConfirmedWriteTests", "a delete that is answered with something else deleted nothing"),
        "C2": .test("ConfirmedWriteTests", "an insert or a patch that is answered with something else changed nothing"),
        "J1": .test(
            "AlreadyDoneTests",
            "what somebody did just before the run is not its deed, and no undo takes it back"
        ),
        "J2": .test("AlreadyDoneTests", "a sync in which somebody was faster is a success that claims nothing"),
        "W1": .test("StoredContentTests", "what was dropped is said once, and written no more"),
        "W2": .test("UndoPlannerTests", "what Google wrote down otherwise is still as the run left it"),
        "W3": .test("StoredContentTests", "a lost state and a rebuilt one know it by the mark"),
        "L1": .test("DeletionLimitTests", "six deletes of twenty are blocked until allowed by name and number"),
        "L2": .test("UndoTests", "undo of the first run empties the calendar and keeps it"),
        "L3": .test(
            "UpdateLimitTests",
            "more than half of the titles, and more than ten, wait until they are allowed by name and number"
        ),
        "L4": .test("UpdateLimitTests", "an undo is asked for by name and goes through"),
        "L5": .test("UpdateLimitTests", "the service answers a conflict that names both counts"),
        "L6": .test("LostStateTests", "deletes of the last day count although the state is gone"),
        "L7": .test("UndoTests", "undo asks, and names a run that there is not"),
        "L8": .test("LostStateTests", "a rebuilt state counts them, too"),
        "L9": .test("LostStateTests", "forgetting links loses neither the count nor the warning's reason"),
        "A1": .test("OutputTests", "an organization on hold and one that is not enabled end the all-clear"),
        "A2": .test("AllClearTests", "an interval that another run let pass is a failure, until a run looks again"),
        "A3": .test("EventsEndpointTests", "old answers go on while Notion is down, with their age"),
        "P2": .test("PublicationTests", "deletes that a limit holds back stay for subscribers"),
        "P3": .test(
            "PublicationTests",
            "updates that a limit holds back are held back from subscribers, until they are allowed"
        ),
        "P4": .test(
            "PublicationTests",
            "what an undo took back is taken back for subscribers, as long as the hold lasts"
        ),
        "V1": .test(
            "TruthDoorTests",
            "a revision moves with the content, whichever door changed it",
            doors: Door.writing + [.undo, .rebuild, .forget]
        ),
        "V2": .test("PublicationTests", "revisions follow the content, not the page's clock"),
        "V3": .test(
            "PublicationTests",
            "revisions survive a restart, follow the declaration, and never go back where the state is lost"
        ),
        "B1": .test("CalendarAccessTests", "a calendar that may only be read is an error of the plan"),
        "B2": .test("CalendarAccessTests", "access that is taken away stops the organization and is said once"),
        "X1": .test("CrashMatrixTests", "a run that was killed is completed by the next one"),
        "X2": .test("UndoCrashTests", "a killed run is taken back by an undo that was killed, too"),
        "X3": .test("StoppingServiceTests", "where the time does not suffice the answer lists what was done"),
    ]
}
