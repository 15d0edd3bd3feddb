import Emulation
import Foundation
import TestSupport

/// Several organizations, people who edit and copy on both sides, columns that come and go, prefixes that change, things that are
/// hidden for a while, answers that are not true, and states that are kept, lost, rebuilt or older than they should be. After
/// each run: nothing foreign was touched, nothing was written or deleted without a reason, nothing was claimed that did not
/// happen, and subscribers see what the calendar shows. In the end one run in peace brings everything in order.
struct TruthSoak: Sendable {
    let seed: UInt64

    private static let filmCalendar = "film@group.calendar.google.com"
    private static let officer = "officer@example.org"

    /// - Returns: what does not hold.
    func run() async throws -> [String] {
        var random = SeededGenerator(seed: seed)
        var world = try World.empty(seed: seed)
        let organizations = organizations(&random, &world)
        let rounds = Int.random(in: 2...4, using: &random)
        let people = People(random: random, organizations: organizations)
        let emulator = Emulator(world: world, seed: seed)
        return try await emulator.withServer { address in
            let folder = try TemporaryFolder()
            let site = Site(emulator: emulator, environment: address.environment, folder: folder)
            // People delete as they like.
            try folder.write(Data("safety: {max_delete_percent: 100}\n".utf8), to: "_defaults.yaml")
            var story = TruthStory(site: site, people: people)
            try await story.run(rounds: rounds)
            return story.problems
        }
    }

    /// ACM and Chess have calendars of ours; Film's is an officer's, and was filled by the predecessor.
    private func organizations(_ random: inout SeededGenerator, _ world: inout World) -> [ModelOrganization] {
        world.addPerson(Self.officer)
        world.addCalendar(
            "Film",
            timeZone: "America/Phoenix",
            owner: Self.officer,
            sharedWith: [World.serviceAccount: .writer],
            id: Self.filmCalendar
        )
        var acm = ModelOrganization("acm", number: 1, columns: columns(&random), in: &world)
        acm.addPages(Int.random(in: 4...9, using: &random), to: &world)
        var film = ModelOrganization(
            "film",
            number: 2,
            calendar: Self.filmCalendar,
            columns: columns(&random),
            in: &world
        )
        film.addPages(Int.random(in: 4...9, using: &random), to: &world)
        for (id, page) in film.pages.sorted(by: { $0.key < $1.key }) where random.chance(50) {
            world.addEvent(to: Self.filmCalendar, page.title, start: "2027-02-02", marks: ["notionPageId": id])
        }
        var chess = ModelOrganization("chess", number: 3, columns: columns(&random), in: &world)
        chess.addPages(Int.random(in: 3...5, using: &random), to: &world)
        return [acm, film, chess]
    }

    /// Some databases lack columns at first, or have others beside them.
    private func columns(_ random: inout SeededGenerator) -> ModelColumns {
        let kinds: [ModelColumn.Kind] = [.select, .select, .people, .rollup]
        var columns = ModelColumns(location: kinds.randomElement(using: &random) ?? .select)
        for field in TextField.allCases {
            let (own, other) = ModelColumns.ids(of: field)
            if random.chance(30) { columns.edit(own) { $0.presence = .deleted } }
            if random.chance(30) { columns.edit(other) { $0.presence = .there } }
        }
        return columns
    }
}
