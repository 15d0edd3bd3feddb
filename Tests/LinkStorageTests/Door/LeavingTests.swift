import LinkStorage
import ReconcileModel
import TestSupport
import Testing

/// What the state remembers of a calendar that is gone, and of an organization that left.
struct LeavingTests {
    private let one = DesiredEvent.sample(1)
    private let calendar = LiveCalendar.sample()

    private func recordDeletion(
        _ session: any StateSession,
        in run: RunID,
        outcome: Outcome?
    ) async throws {
        let intent = JournalIntent(
            change: .calendar(.delete(calendar)),
            organization: "acm",
            calendar: calendar.id,
            isAllowedByName: false
        )
        let numbers = try await session.record([intent], in: run)
        guard let outcome else { return }
        let results = numbers.map { number in
            var result = JournalResult(seq: number, outcome: outcome)
            if outcome.isFulfilled { result.goneCalendar = calendar.id }
            return result
        }
        try await session.record(results, in: run, organization: "acm")
    }

    @Test(arguments: StateMaker.all)
    func `with a calendar its links and rules are forgotten, and what pages decide is not`(
        maker: StateMaker
    ) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.update(links: [.set(one.link())], organization: "acm")
        try await session.remember([AccessGrant(.everybody, made: .reader)], of: "acm", on: calendar.id)
        try await session.remember(managedFields: [.summary], of: "acm")
        try await session.markSynced("acm")
        try await recordDeletion(session, in: run, outcome: .applied)
        let record = try #require(try await bench.organization())
        #expect(record.calendar.id == nil && record.lastSync == nil && record.grants.isEmpty)
        #expect(record.fields.managed == [.summary] && !record.isRetired)
        #expect(try await session.links(of: "acm").isEmpty)
    }

    @Test(arguments: StateMaker.all)
    func `a deletion is known as long as no calendar was created after it`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        #expect(try await session.lastCalendarDeletion(of: "acm") == nil)
        try await recordDeletion(session, in: run, outcome: .failed(Failure(code: "x", message: "y")))
        #expect(try await session.lastCalendarDeletion(of: "acm") == nil)
        #expect(try await bench.organization()?.calendar.id == calendar.id)
        // Of a run that was killed nobody knows.
        try await recordDeletion(session, in: run, outcome: nil)
        #expect(try await session.lastCalendarDeletion(of: "acm") == calendar.id)
        try await recordDeletion(session, in: run, outcome: .done)
        #expect(try await session.lastCalendarDeletion(of: "acm") == calendar.id)
        let creation = CalendarCreation(
            summary: "ACM Events",
            description: "",
            timeZone: "UTC",
            mark: CalendarMark(prefix: "acm", database: .sample)
        )
        let intent = JournalIntent(
            change: .calendar(.create(creation)),
            organization: "acm",
            calendar: nil,
            isAllowedByName: false
        )
        _ = try await session.record([intent], in: run)
        #expect(try await session.lastCalendarDeletion(of: "acm") == nil)
    }

    @Test(arguments: StateMaker.all)
    func `who left has a number, a name and a history, and is back with the next run`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.update(links: [.set(one.link())], organization: "acm")
        try await session.remember(managedFields: [.summary], of: "acm")
        try await session.hold(["acm"], after: run)
        let id = try await bench.organization()?.id
        try await session.retire("acm", in: run)
        let record = try #require(try await bench.organization())
        #expect(record.id == id && record.isRetired && !record.isWritten && record.hold == nil)
        #expect(record.source == OrganizationRecord.Source() && record.calendar == OrganizationRecord.Calendar())
        #expect(try await session.links(of: "acm").isEmpty)
        let (_, journal) = try #require(try await bench.door.run(run))
        #expect(journal.last?.subject.resource == .organization && journal.last?.intent.reason == "retired")
        #expect(try await bench.door.run(run)?.0.counts.deleted == 0)
        try await session.remember(.sample(), database: .sample, calendar: .sample)
        #expect(try await bench.organization()?.isRetired == false)
    }
}
