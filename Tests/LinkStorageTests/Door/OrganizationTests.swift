import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// What is remembered of organizations beside their links.
struct OrganizationTests {
    private let one = DesiredEvent.sample(1)

    @Test(arguments: StateMaker.all)
    func `a state that is not there yet remembers nothing, and asking makes none`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let snapshot = try await bench.door.snapshot()
        #expect(snapshot.organizations.isEmpty && snapshot.readAt == .day(0))
        #expect(try await bench.door.overview(runs: 9) == StateOverview())
        #expect(try await bench.door.history(RunHistory.Request()) == nil)
        #expect(try await bench.door.run(RunID(rawValue: 1)) == nil)
        #expect(try await bench.door.links(of: "acm").isEmpty)
        #expect(try await bench.door.owners(of: [one.page]).isEmpty)
        #expect(try await bench.door.published(of: "acm").isEmpty)
        #expect(try await bench.door.contents(.everything) == nil)
        #expect(try await bench.door.condition() == .missing)
        _ = try await bench.open().snapshot()
        #expect(try await bench.door.contents(.everything)?.organizations == [])
        #expect(try await bench.door.condition() == .sound)
    }

    @Test(arguments: StateMaker.all)
    func `what one session wrote is there for the next`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        do { _ = try await bench.prepared() }
        #expect(try await bench.open().snapshot().organizations["acm"]?.calendar.id == .sample)
        #expect(try await bench.organization()?.calendar.id == .sample)
    }

    @Test(arguments: StateMaker.all)
    func `organizations get numbers without a run, in the order given, and keep them`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        try await bench.door.register([.sample("ieee"), .sample("acm", name: "First")])
        let (ieee, acm) = (try await bench.organization("ieee"), try await bench.organization())
        #expect(try #require(ieee?.id) < #require(acm?.id))
        try await bench.door.register([.sample("acm", name: "Second"), .sample("film")])
        #expect(try await bench.organization()?.id == acm?.id)
        let overview = try await bench.door.overview(runs: 1)
        #expect(overview.organizations["acm"]?.name == "First" && overview.organizations.count == 3)
    }

    @Test(arguments: StateMaker.all)
    func `findings are remembered, and origins that are not told stay`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let origins = FieldOrigins()
        var findings = OrganizationFindings(
            managedFields: [.summary, .start],
            origins: origins,
            held: [one.page: HeldAbsence(.trashed)],
            eventsWhenBlocked: 20
        )
        try await session.remember(findings, of: "acm")
        let first = try #require(try await bench.organization())
        #expect(first.fields == OrganizationRecord.Fields(managed: [.summary, .start], origins: origins))
        #expect(first.held.keys.map(\.rawValue) == [one.page.rawValue] && first.eventsWhenBlocked == 20)

        findings = OrganizationFindings(managedFields: [.summary], origins: nil, held: [:], eventsWhenBlocked: 24)
        try await session.remember(findings, of: "acm")
        let second = try #require(try await bench.organization())
        #expect(
            second.fields == OrganizationRecord.Fields(managed: [.summary], origins: origins) && second.held.isEmpty
        )
        #expect(second.eventsWhenBlocked == 20, "what is created meanwhile makes no room")

        findings.eventsWhenBlocked = nil
        try await session.remember(findings, of: "acm")
        #expect(try await bench.organization()?.eventsWhenBlocked == nil)
        try await session.remember(managedFields: [.end], of: "acm")
        #expect(try await bench.organization()?.fields.managed == [.end])
    }

    @Test(arguments: StateMaker.all)
    func `an organization is on hold until it is released`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.hold(["acm", "nobody"], after: run)
        #expect(try await bench.organization()?.hold == run)
        try await session.release(["acm"])
        #expect(try await bench.organization()?.hold == nil)
    }

    @Test(arguments: StateMaker.all)
    func `one link is forgotten, or all of them with the calendar`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let two = DesiredEvent.sample(2)
        try await session.remember(managedFields: [.summary], of: "acm")
        try await session.update(links: [.set(one.link()), .set(two.link())], organization: "acm")
        try await session.markSynced("acm")
        try await session.forget(one.page, of: "acm")
        #expect(try await bench.door.links(of: "acm") == [two.page: two.link()])
        #expect(try await bench.organization()?.calendar.id == .sample)
        #expect(try await bench.organization()?.lastSync == nil)
        try await session.forget(nil, of: "acm")
        let record = try #require(try await bench.organization())
        #expect(record.calendar.id == nil && record.fields.managed == [.summary] && record.source.database == .sample)
        #expect(try await bench.door.links(of: "acm").isEmpty)
    }

    @Test(arguments: StateMaker.all)
    func `links are put in the place of all others`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let two = DesiredEvent.sample(2)
        try await session.update(links: [.set(one.link())], organization: "acm")
        try await session.replaceLinks(of: "acm", with: [two.link()])
        #expect(try await session.links(of: "acm") == [two.page: two.link()])
    }

    @Test(arguments: StateMaker.all)
    func `an organization that goes back to a database has no data source`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let session = try await bench.open()
        let former = DatabaseID(rawValue: "former")
        try await session.remember(
            .sample(),
            database: .sample,
            dataSource: DataSourceID(rawValue: "source"),
            calendar: .sample,
            formerly: "asm"
        )
        let record = try #require(try await bench.organization())
        #expect(record.source.dataSource?.rawValue == "source" && record.formerPrefixes == ["asm"])
        try await session.returnToDatabase(former, "acm")
        #expect(try await bench.organization()?.source == OrganizationRecord.Source(database: former))
    }

    @Test(arguments: StateMaker.all)
    func `a calendar whose creation nobody answered is known for ten minutes`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        let mark = CalendarMark(prefix: "acm", database: .sample)
        let creation = CalendarCreation(summary: "ACM", description: mark.line, timeZone: "America/Phoenix", mark: mark)
        let intent = JournalIntent(
            change: .calendar(.create(creation)),
            organization: "acm",
            calendar: nil,
            isAllowedByName: false
        )
        #expect(try await session.hasOpenCalendarCreation(of: "acm") == false)
        let numbers = try await session.record([intent], in: run)
        #expect(try await session.hasOpenCalendarCreation(of: "acm"))
        #expect(try await session.hasOpenCalendarCreation(of: "ieee") == false)
        bench.clock.advance(seconds: 600)
        #expect(try await session.hasOpenCalendarCreation(of: "acm") == false)
        bench.clock.advance(seconds: -600)
        let results = numbers.map { JournalResult(seq: $0, outcome: .applied) }
        try await session.record(results, in: run, organization: "acm")
        #expect(try await session.hasOpenCalendarCreation(of: "acm") == false)
    }

    @Test(arguments: StateMaker.all)
    func `what was published is revised, and left to whoever published since`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        try await bench.door.register([.sample()])
        let first = try await bench.door.publish([one.page: (one.event, one.hash)], of: "acm", over: nil)
        let revision = try #require(first[one.page]?.revision)
        #expect(first[one.page]?.event == one.event && revision == Revision(firstAt: .day(0)))
        #expect(try await bench.door.published(of: "acm") == first)
        let serial = try await bench.serial()

        let other = EventContent.sample("Another")
        let session = try await bench.open()
        let second = try await session.publish([one.page: (other, other.sampleHash)], of: "acm")
        #expect(second[one.page]?.revision == revision.next(at: .day(0)))
        #expect(try await session.published(of: "acm") == second)
        #expect(try await bench.door.publish([:], of: "acm", over: first) == second)
        #expect(try await bench.door.publish([:], of: "acm", over: second).isEmpty)
        #expect(try await bench.door.published(of: "acm").isEmpty)
        #expect(try await bench.serial() == serial, "plans are not made from it")
    }
}
