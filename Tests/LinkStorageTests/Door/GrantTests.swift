import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// Which access rules of a calendar are ours, or may become it.
struct GrantTests {
    private let reader = AccessGrant(.everybody, pending: .reader)
    private let writer = AccessGrant(.user("officer@example.org"), made: .writer, calendar: .sample)

    @Test(arguments: StateMaker.all)
    func `who is to see a calendar that is about to be created is known once it is there`(
        maker: StateMaker
    ) async throws {
        let bench = try maker.bench()
        let session = try await bench.open()
        try await session.remember(.sample(), database: .sample, calendar: nil)
        try await session.remember([reader], of: "acm", on: nil)
        #expect(try await bench.organization()?.grants == [reader])
        // It is for the calendar that we create, not for one that somebody names.
        let grants = try await bench.organization()?.grants ?? []
        #expect(grants.of(.sample, isCreatedByUs: true) == [reader])
        #expect(grants.of(.sample, isCreatedByUs: false) == [])
        let made = AccessGrant(.everybody, made: .reader, calendar: .sample)
        #expect((grants + [made]).of(.sample, isCreatedByUs: true) == [made])
        withExtendedLifetime(session) {}
    }

    @Test(arguments: StateMaker.all)
    func `what is remembered takes the place of what was, for one calendar`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let other = AccessGrant(.everybody, made: .reader, calendar: CalendarID(rawValue: "other"))
        try await session.remember([other], of: "acm", on: other.calendar)
        try await session.remember([writer], of: "acm", on: .sample)
        let both = try await bench.organization()?.grants ?? []
        #expect(Set(both) == [other, writer] && both.of(.sample, isCreatedByUs: false) == [writer])
        try await session.remember([], of: "acm", on: .sample)
        #expect(try await bench.organization()?.grants == [other])
    }

    @Test(arguments: StateMaker.all)
    func `what became of a change is known with its end, and the journal tells both roles`(
        maker: StateMaker
    ) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let changes = [
            AccessChange(.everybody, from: nil, to: .reader, .sharing),
            AccessChange(.user("officer@example.org"), from: .writer, to: nil, .sharing),
        ]
        try await session.remember([writer], of: "acm", on: .sample)
        let intents = changes.map {
            JournalIntent(change: .access($0), organization: "acm", calendar: .sample, isAllowedByName: false)
        }
        let numbers = try await session.record(intents, in: run)
        let open = try await bench.contents().journal
        #expect(open.map(\.subject.resource) == [.accessRule, .accessRule] && open.allSatisfy(\.mayHaveHappened))
        #expect(open.map(\.subject.scope) == changes.map(\.scope))
        #expect(open.map(\.before.role) == [nil, .writer] && open.map(\.intent.role) == [.reader, nil])
        // From then on it may be there.
        let opened = AccessGrant(.everybody, pending: .reader, isOpen: true, calendar: .sample)
        #expect(try await bench.organization()?.grants == [opened, writer])

        let made = AccessGrant(.everybody, made: .reader, calendar: .sample)
        let grants: [JournalResult.GrantChange] = [
            .set(made), .remove(.user("officer@example.org"), on: .sample),
        ]
        let results = zip(numbers, grants).map { number, grant in
            var result = JournalResult(seq: number, outcome: .applied)
            result.grant = grant
            return result
        }
        try await session.record(results, in: run, organization: "acm")
        #expect(try await bench.organization()?.grants == [made])
        // A rule that goes is no event that is deleted.
        let deletes = try await bench.door.snapshot().deletes["acm"]
        #expect(deletes?.counted == [] && deletes?.allowed == [])
    }

    @Test(arguments: StateMaker.all, [false, true])
    func `what was not made is allowed on, or not`(maker: StateMaker, keepsPending: Bool) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let raise = AccessChange(.user("officer@example.org"), from: .writer, to: .owner, .sharing)
        try await session.remember([writer], of: "acm", on: .sample)
        let intent = JournalIntent(
            change: .access(raise),
            organization: "acm",
            calendar: .sample,
            isAllowedByName: false
        )
        for number in try await session.record([intent], in: run) {
            var result = JournalResult(seq: number, outcome: .stale("changed"))
            result.grant = .close(raise.scope, on: .sample, keepsPending: keepsPending)
            try await session.record([result], in: run, organization: "acm")
        }
        var left = writer
        left.pending = keepsPending ? .owner : nil
        #expect(try await bench.organization()?.grants == [left])
    }

    @Test(arguments: StateMaker.all)
    func `they go along with another prefix, and stay when links are forgotten`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        try await session.remember([writer], of: "acm", on: .sample)
        try await session.forget(nil, of: "acm")
        #expect(try await bench.organization()?.grants == [writer])
        try await session.rename("acm", to: "asu")
        #expect(try await bench.organization("asu")?.grants == [writer])
        // Under the old prefix there is room for a new organization, which has none of them.
        try await session.remember(.sample("acm"), database: .sample, calendar: nil)
        #expect(try await bench.organization()?.grants == [])
    }
}
