import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// The link table.
struct LinkTests {
    private let one = DesiredEvent.sample(1)
    private let two = DesiredEvent.sample(2)

    private func links(_ bench: StateBench, _ prefix: String = "acm") async throws -> [PageID: Link] {
        let links = try await bench.door.links(of: prefix)
        #expect(try await bench.door.snapshot().links[prefix] ?? [:] == links)
        return links
    }

    @Test(arguments: StateMaker.all)
    func `links are set, replaced and removed`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        try await session.update(links: [.set(one.link()), .set(two.link())], organization: "acm")
        #expect(try await links(bench) == [one.page: one.link(), two.page: two.link()])

        let newer = one.link(event: EventID(rawValue: "successor"), etag: 2, hash: two.hash)
        try await session.update(links: [.set(newer)], organization: "acm")
        #expect(try await links(bench)[one.page] == newer)

        try await session.update(links: [.remove(one.page), .remove(.number(99))], organization: "acm")
        #expect(try await links(bench) == [two.page: two.link()])
    }

    @Test(arguments: StateMaker.all)
    func `a link without a time of edit comes back without one`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        var link = one.link()
        link.written.lastEdited = nil
        try await session.update(links: [.set(link)], organization: "acm")
        #expect(try await links(bench) == [one.page: link])
    }

    @Test(arguments: StateMaker.all)
    func `an event belongs to one page: the later link takes it`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let taken = EventID(rawValue: "shared")
        try await session.update(
            links: [.set(one.link(event: taken)), .set(two.link(event: taken))],
            organization: "acm"
        )
        #expect(try await links(bench) == [two.page: two.link(event: taken)])
    }

    @Test(arguments: StateMaker.all)
    func `the link to one event is removed, and no other link of the page`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let link = DesiredEvent.sample(1).link()
        try await session.update(links: [.set(link)], organization: "acm")
        let other = EventID(rawValue: "another")
        try await session.update(links: [.removeLink(of: link.page, to: other)], organization: "acm")
        #expect(try await links(bench)[link.page] == link)
        try await session.update(links: [.removeLink(of: link.page, to: link.event)], organization: "acm")
        #expect(try await links(bench).isEmpty)
    }

    @Test(arguments: StateMaker.all)
    func `links of two organizations do not meet`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let other = CalendarID(rawValue: "ieee@group.calendar.google.com")
        try await session.remember(.sample("ieee"), database: .sample, calendar: other)
        var theirs = one.link()
        (theirs.organization, theirs.calendar) = ("ieee", other)
        try await session.update(links: [.set(one.link())], organization: "acm")
        try await session.update(links: [.set(theirs)], organization: "ieee")
        try await session.update(links: [.remove(one.page)], organization: "acm")
        #expect(try await links(bench).isEmpty)
        #expect(try await links(bench, "ieee") == [one.page: theirs])
    }

    @Test(arguments: StateMaker.all)
    func `links to another calendar are forgotten with it`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        try await session.remember(.sample("ieee"), database: .sample, calendar: CalendarID(rawValue: "ieee"))
        var theirs = two.link()
        (theirs.organization, theirs.calendar) = ("ieee", CalendarID(rawValue: "ieee"))
        try await session.update(links: [.set(one.link())], organization: "acm")
        try await session.update(links: [.set(theirs)], organization: "ieee")

        try await session.remember(.sample(), database: .sample, calendar: nil)
        #expect(try await links(bench).count == 1)
        let calendar = CalendarID(rawValue: "new@group.calendar.google.com")
        try await session.remember(.sample(), database: .sample, calendar: calendar)
        #expect(try await links(bench).isEmpty)
        #expect(try await links(bench, "ieee").count == 1)
        #expect(try await bench.organization()?.calendar.id == calendar)
    }

    @Test(arguments: StateMaker.all)
    func `a calendar once known is not unlearned`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        try await session.remember(.sample(name: "Renamed"), database: .sample, calendar: nil)
        #expect(try await bench.organization()?.calendar.id == .sample)
        #expect(try await bench.contents().organizations.map(\.name) == ["Renamed"])
    }

    @Test(arguments: StateMaker.all)
    func `the numbers of organizations stay`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let number = try await bench.organization()?.id
        try await session.remember(.sample("ieee"), database: .sample, calendar: nil)
        try await session.remember(.sample(name: "Renamed"), database: .number(2), calendar: .sample)
        let after = try await bench.door.snapshot().organizations
        #expect(after["acm"]?.id == number && after["ieee"]?.id != number && number != nil)
    }

    @Test(arguments: StateMaker.all)
    func `the time of the last sync is that of the clock, in UTC`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        #expect(try await bench.organization()?.lastSync == nil)
        bench.clock.advance(seconds: 90)
        try await session.markSynced("acm")
        #expect(try await bench.organization()?.lastSync == "2026-11-20T17:01:30Z")
    }

    @Test(arguments: StateMaker.all)
    func `the account that writes is remembered`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let session = try await bench.open()
        let accounts = ["acm": "a@example.iam.gserviceaccount.com", "film": "b@example.iam.gserviceaccount.com"]
        for (prefix, account) in accounts {
            try await session.remember(.sample(prefix), database: .sample, calendar: nil)
            #expect(try await session.snapshot().organizations[prefix]?.account == nil)
            try await session.remember(account: account, by: OrganizationRecord.Access(), of: prefix)
        }
        #expect(try await bench.door.snapshot().organizations.mapValues(\.account) == accounts)
    }

    @Test(arguments: StateMaker.all)
    func `the serial grows when something is written, and only then`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let session = try await bench.open()
        // The first question of a session is what makes a state where there is none.
        _ = try await session.snapshot()
        var serials = [try await bench.serial()]
        func note() async throws { serials.append(try await bench.serial()) }
        try await session.remember(.sample(), database: .sample, calendar: .sample)
        try await note()
        try await session.remember(.sample(), database: .sample, calendar: .sample)
        try await session.remember(.sample(), database: .sample, calendar: nil)
        try await note()
        try await session.update(links: [], organization: "acm")
        _ = try await session.snapshot()
        try await note()
        try await session.update(links: [.set(one.link())], organization: "acm")
        try await note()
        try await session.remember(account: "a@example.org", by: OrganizationRecord.Access(), of: "acm")
        try await note()
        try await session.remember(account: "a@example.org", by: OrganizationRecord.Access(), of: "acm")
        try await note()
        #expect(serials == [0, 1, 1, 1, 2, 3, 3])
    }
}

extension DatabaseID {
    /// Another database than the sample.
    fileprivate static func number(_ number: Int) -> DatabaseID { DatabaseID(rawValue: PageID.number(number).rawValue) }
}
