import LinkStorage
import ReconcileModel
import TestSupport
import Testing

/// An organization with another prefix is the same one.
struct RenamingTests {
    private let one = DesiredEvent.sample(1)

    @Test(arguments: StateMaker.all)
    func `number, calendar, links, journal and hold go along`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, run) = try await bench.prepared()
        try await session.update(links: [.set(one.link())], organization: "acm")
        try await session.recordDelete(of: .sample(2), in: run)
        try await session.hold(["acm"], after: run)
        let before = try #require(try await bench.organization())
        let deletes = try await bench.door.snapshot().deletes["acm"]

        try await session.rename("acm", to: "asu")
        let snapshot = try await bench.door.snapshot()
        #expect(snapshot.organizations["acm"] == nil)
        let after = try #require(snapshot.organizations["asu"])
        #expect(after.id == before.id && after.calendar.id == .sample && after.hold == run)
        #expect(snapshot.links["asu"]?.keys.map(\.rawValue) == [one.page.rawValue])
        #expect(snapshot.deletes["asu"] == deletes && deletes?.counted.isEmpty == false)
        #expect(after.formerPrefixes == ["acm"])
        let overview = try await bench.door.overview(runs: 1)
        #expect(overview.organizations["asu"]?.formerPrefixes == ["acm"])

        try await session.rename("asu", to: "acm")
        #expect(try await bench.organization()?.formerPrefixes == ["asu"])
    }

    @Test(arguments: StateMaker.all)
    func `a number that was only given makes room, anything else does not`(maker: StateMaker) async throws {
        let bench = try maker.bench()
        let (session, _) = try await bench.prepared()
        let id = try await bench.organization()?.id
        try await bench.door.register([.sample("asu")])
        try await session.rename("acm", to: "asu")
        #expect(try await bench.organization("asu")?.id == id)

        try await session.remember(.sample("ieee"), database: .sample, calendar: CalendarID(rawValue: "ieee"))
        try await session.rename("asu", to: "ieee")
        #expect(try await bench.door.snapshot().organizations.keys.sorted() == ["asu", "ieee"])
        try await session.rename("nobody", to: "somebody")
        #expect(try await bench.door.snapshot().organizations.keys.sorted() == ["asu", "ieee"])
    }
}
