import LinkStorage
import ReconcileModel
import TestSupport
import Testing

/// An organization with another prefix is the same one.
struct RenamingTests {
    private let one = DesiredEvent.sample(1)

    @Test func `number, calendar, links, journal and hold go along`() async throws {
        let bench = try StateBench()
        let (store, run) = try await bench.prepared()
        try await store.update(links: [.set(one.link())], organization: "acm")
        try await recordDelete(of: .sample(2), by: store, in: run)
        try await store.hold(["acm"], after: run)
        let before = try #require(try await bench.snapshot().organizations["acm"])

        try await store.rename("acm", to: "asu")
        let organizations = try await bench.snapshot().organizations
        #expect(organizations["acm"] == nil)
        let after = try #require(organizations["asu"])
        #expect(after.id == before.id && after.calendar == .sample && after.hold == run)
        #expect(after.links.keys.map(\.rawValue) == [one.page.rawValue])
        #expect(after.recentDeletes == before.recentDeletes && !after.recentDeletes.isEmpty)
        #expect(after.formerPrefixes == ["acm"])
        let overview = try StateOverview.read(path: bench.path, runs: 1)
        #expect(overview.organizations["asu"]?.formerPrefixes == ["acm"])

        try await store.rename("asu", to: "acm")
        #expect(try await bench.snapshot().organizations["acm"]?.formerPrefixes == ["asu"])
    }

    @Test func `a number that was only given makes room, anything else does not`() async throws {
        let bench = try StateBench()
        let (store, _) = try await bench.prepared()
        let id = try await bench.snapshot().organizations["acm"]?.id
        try await store.register([.sample("asu")])
        try await store.rename("acm", to: "asu")
        #expect(try await bench.snapshot().organizations["asu"]?.id == id)

        try await store.remember(.sample("ieee"), database: .sample, calendar: CalendarID(rawValue: "ieee"))
        try await store.rename("asu", to: "ieee")
        #expect(try await bench.snapshot().organizations.keys.sorted() == ["asu", "ieee"])
        try await store.rename("nobody", to: "somebody")
        #expect(try await bench.snapshot().organizations.keys.sorted() == ["asu", "ieee"])
    }
}
