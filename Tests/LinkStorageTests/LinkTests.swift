import LinkStorage
import ReconcileModel
import Testing
import TestSupport

/// The link table.
struct LinkTests {
    private let one = DesiredEvent.sample(1)
    private let two = DesiredEvent.sample(2)

    private func links(_ bench: StateBench, _ prefix: String = "acm") async throws -> [PageID: Link] {
        try await bench.snapshot().organizations[prefix]?.links ?? [:]
    }

    @Test func `links are set, replaced and removed`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        try await store.update(links: [.set(one.link()), .set(two.link())], organization: "acm")
        #expect(try await links(bench) == [one.page: one.link(), two.page: two.link()])

        let newer = one.link(event: EventID(rawValue: "successor"), etag: 2, hash: two.hash)
        try await store.update(links: [.set(newer)], organization: "acm")
        #expect(try await links(bench)[one.page] == newer)

        try await store.update(links: [.remove(one.page), .remove(.number(99))], organization: "acm")
        #expect(try await links(bench) == [two.page: two.link()])
    }

    @Test func `a link without a time of edit comes back without one`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        var link = one.link()
        link.lastEdited = nil
        try await store.update(links: [.set(link)], organization: "acm")
        #expect(try await links(bench) == [one.page: link])
    }

    @Test func `an event belongs to one page: the later link takes it`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        let taken = EventID(rawValue: "shared")
        try await store.update(
            links: [.set(one.link(event: taken)), .set(two.link(event: taken))],
            organization: "acm"
        )
        #expect(try await links(bench) == [two.page: two.link(event: taken)])
    }

    @Test func `the link to one event is removed, and no other link of the page`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        let link = DesiredEvent.sample(1).link()
        try await store.update(links: [.set(link)], organization: "acm")
        let other = EventID(rawValue: "another")
        try await store.update(links: [.removeLink(of: link.page, to: other)], organization: "acm")
        #expect(try await bench.snapshot().organizations["acm"]?.links[link.page] == link)
        try await store.update(links: [.removeLink(of: link.page, to: link.event)], organization: "acm")
        #expect(try await bench.snapshot().organizations["acm"]?.links.isEmpty == true)
    }

    @Test func `links of two organizations do not meet`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        let other = CalendarID(rawValue: "ieee@group.calendar.google.com")
        try await store.remember(.sample("ieee"), database: .sample, calendar: other)
        var theirs = one.link()
        (theirs.organization, theirs.calendar) = ("ieee", other)
        try await store.update(links: [.set(one.link())], organization: "acm")
        try await store.update(links: [.set(theirs)], organization: "ieee")
        try await store.update(links: [.remove(one.page)], organization: "acm")
        #expect(try await links(bench).isEmpty)
        #expect(try await links(bench, "ieee") == [one.page: theirs])
    }

    @Test func `links to another calendar are forgotten with it`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        try await store.remember(.sample("ieee"), database: .sample, calendar: CalendarID(rawValue: "ieee"))
        var theirs = two.link()
        (theirs.organization, theirs.calendar) = ("ieee", CalendarID(rawValue: "ieee"))
        try await store.update(links: [.set(one.link())], organization: "acm")
        try await store.update(links: [.set(theirs)], organization: "ieee")

        try await store.remember(.sample(), database: .sample, calendar: nil)
        #expect(try await links(bench).count == 1)
        let calendar = CalendarID(rawValue: "new@group.calendar.google.com")
        try await store.remember(.sample(), database: .sample, calendar: calendar)
        #expect(try await links(bench).isEmpty)
        #expect(try await links(bench, "ieee").count == 1)
        #expect(try await bench.snapshot().organizations["acm"]?.calendar == calendar)
    }

    @Test func `a calendar once known is not unlearned`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        try await store.remember(.sample(name: "Renamed"), database: .sample, calendar: nil)
        #expect(try await bench.snapshot().organizations["acm"]?.calendar == .sample)
        #expect(try bench.ask("SELECT name FROM organizations") == "Renamed")
    }

    @Test func `the numbers of organizations stay`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        let number = try await bench.snapshot().organizations["acm"]?.id
        try await store.remember(.sample("ieee"), database: .sample, calendar: nil)
        try await store.remember(.sample(name: "Renamed"), database: .number(2), calendar: .sample)
        let after = try await bench.snapshot().organizations
        #expect(after["acm"]?.id == number && after["ieee"]?.id != number && number != nil)
    }

    @Test func `the time of the last sync is that of the clock, in UTC`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        #expect(try await bench.snapshot().organizations["acm"]?.lastSync == nil)
        bench.clock.advance(seconds: 90)
        try await store.markSynced("acm")
        #expect(try await bench.snapshot().organizations["acm"]?.lastSync == "2026-11-20T17:01:30Z")
    }

    @Test func `the account that writes is remembered`() async throws {
        let bench = try StateBench()
        let store = try bench.store()
        #expect(try await store.snapshot().serviceAccount == nil)
        try await store.remember(serviceAccount: "a@example.iam.gserviceaccount.com")
        #expect(try await bench.snapshot().serviceAccount == "a@example.iam.gserviceaccount.com")
    }

    @Test func `the serial grows when something is written, and only then`() async throws {
        let bench = try StateBench()
        let store = try bench.store()
        var serials = [try bench.serial()]
        func note() throws { serials.append(try bench.serial()) }
        try await store.remember(.sample(), database: .sample, calendar: .sample)
        try note()
        try await store.remember(.sample(), database: .sample, calendar: .sample)
        try await store.remember(.sample(), database: .sample, calendar: nil)
        try note()
        try await store.update(links: [], organization: "acm")
        _ = try await store.snapshot()
        try note()
        try await store.update(links: [.set(one.link())], organization: "acm")
        try note()
        try await store.remember(serviceAccount: "a@example.org")
        try note()
        try await store.remember(serviceAccount: "a@example.org")
        try note()
        #expect(serials == [0, 1, 1, 1, 2, 3, 3])
    }
}

extension DatabaseID {
    /// Another database than the sample.
    fileprivate static func number(_ number: Int) -> DatabaseID { DatabaseID(rawValue: PageID.number(number).rawValue) }
}
