import Emulation
import Foundation
import TestSupport

/// Several organizations, people who edit and copy on both sides, prefixes that change, and states that are kept, lost, rebuilt
/// or older than they should be. After each run: nothing foreign was touched, nothing was deleted whose page asks for an event, and nothing was
/// claimed that did not happen. In the end one run in peace brings everything in order.
struct TruthSoak: Sendable {
    let seed: UInt64

    /// What becomes of the state between two runs.
    private enum StateFate: CaseIterable {
        case kept, lost, rebuilt, older
    }

    private static let filmCalendar = "film@group.calendar.google.com"

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
            for organization in organizations { try declare(organization, folder) }
            return try await run(rounds, site, people)
        }
    }

    /// ACM has a calendar of ours; Film's was filled by the predecessor, also with events of pages that are gone.
    private func organizations(_ random: inout SeededGenerator, _ world: inout World) -> [ModelOrganization] {
        world.addCalendar("Film", timeZone: "America/Phoenix", id: Self.filmCalendar)
        var acm = ModelOrganization("acm", number: 1, in: &world)
        acm.addPages(Int.random(in: 4...9, using: &random), to: &world)
        var film = ModelOrganization("film", number: 2, calendar: Self.filmCalendar, in: &world)
        film.addPages(Int.random(in: 4...9, using: &random), to: &world)
        for (id, page) in film.pages.sorted(by: { $0.key < $1.key }) where random.chance(50) {
            world.addEvent(to: Self.filmCalendar, page.title, start: "2027-02-02", marks: ["notionPageId": id])
        }
        var chess = ModelOrganization("chess", number: 3, in: &world)
        chess.addPages(Int.random(in: 3...5, using: &random), to: &world)
        return [acm, film, chess]
    }

    private func declare(_ organization: ModelOrganization, _ folder: TemporaryFolder) throws {
        try folder.write(Data(organization.declaration.utf8), to: "\(organization.number).yaml")
    }

    private func run(_ rounds: Int, _ site: Site, _ people: People) async throws -> [String] {
        var (people, problems) = (people, [String]())
        for round in 1...rounds {
            problems += try await observedRun(
                ["apply", "--auto-approve"],
                site,
                people.organizations,
                "round \(round)"
            )
            people = try site.emulator.withWorld { world in
                var people = people
                people.work(on: &world)
                return people
            }
            try rename(&people, round, site)
            try await strike(StateFate.allCases.randomElement(using: &people.random) ?? .kept, site, into: &problems)
        }
        let allowances = people.organizations.flatMap {
            ["--allow-deletes", "\($0.prefix):1000", "--allow-updates", "\($0.prefix):1000"]
        }
        problems += try await observedRun(
            ["apply", "--auto-approve"] + allowances,
            site,
            people.organizations,
            "the last run",
            mustSucceed: true
        )
        let (code, printed) = await site.run(["plan", "--detailed-exitcode"])
        if code != 0 { problems.append("the plan after it ended with \(code):\n\(printed)") }
        let given = Set(people.organizations.compactMap(\.calendar))
        let strangers = try site.emulator.withWorld { Strangers(in: $0, besides: given) }
        let findings = try await site.findings(people.organizations, strangers)
        if !findings.isEmpty { problems.append(findings.description) }
        return problems
    }

    /// Now and then an organization gets another prefix.
    private func rename(_ people: inout People, _ round: Int, _ site: Site) throws {
        for index in people.organizations.indices where people.random.chance(15) {
            let isSaid = people.random.chance(50)
            people.organizations[index].rename(to: "renamed-\(index)-\(round)", isSaid: isSaid)
            try declare(people.organizations[index], site.folder)
        }
    }

    private func strike(_ fate: StateFate, _ site: Site, into problems: inout [String]) async throws {
        let files = ["", "-wal", "-shm"].map { site.statePath + $0 }
        let backup = site.folder.file("state/backup.db")
        let manager = FileManager.default
        func remove() { for file in files { try? manager.removeItem(atPath: file) } }
        switch fate {
        case .kept: break
        case .lost: remove()
        case .rebuilt:
            remove()
            let (code, printed) = await site.run(["state", "rebuild"])
            if code != 0 { problems.append("rebuild ended with \(code):\n\(printed)") }
        case .older:
            guard manager.fileExists(atPath: backup) else { break }
            remove()
            try manager.copyItem(atPath: backup, toPath: site.statePath)
        }
        // The next fate may bring back what is there now.
        guard manager.fileExists(atPath: site.statePath), !manager.fileExists(atPath: files[1]) else { return }
        try? manager.removeItem(atPath: backup)
        try manager.copyItem(atPath: site.statePath, toPath: backup)
    }

    // MARK: - What a run did, and what it said

    private func observedRun(
        _ arguments: [String],
        _ site: Site,
        _ organizations: [ModelOrganization],
        _ name: String,
        mustSucceed: Bool = false
    ) async throws -> [String] {
        let before = try site.emulator.withWorld { $0 }
        let (code, printed) = await site.run(arguments + ["--format", "json"])
        let after = try site.emulator.withWorld { $0 }
        var problems: [String] = []
        if mustSucceed, code != 0 { problems.append("it ended with \(code):\n\(printed)") }
        let given = Set(organizations.compactMap(\.calendar))
        problems += Strangers(in: before, besides: given).differences(from: Strangers(in: after, besides: given))
            .map { "touched: \($0)" }
        problems += deletedWithoutProof(before, after, organizations)
        problems += claims(printed, before, after)
        return problems.map { "\(name): \($0)" }
    }

    /// An event may go only where its page asks for none, or where another event of the page stays.
    private func deletedWithoutProof(
        _ before: World,
        _ after: World,
        _ organizations: [ModelOrganization]
    ) -> [String] {
        let wanted = Set(organizations.flatMap(\.pages.keys))
        var problems: [String] = []
        for calendar in before.google.calendars.values {
            let rest = after.google.calendars[calendar.id]?.liveEvents ?? []
            let alive = Set(rest.map(\.id))
            for event in calendar.liveEvents where !alive.contains(event.id) {
                let page = event.marks["notionPageId"] ?? ""
                let isDuplicate = rest.contains { $0.isMarked && $0.marks["notionPageId"] == page }
                if wanted.contains(page), !isDuplicate {
                    problems.append("\(event.shown) was deleted, its page is there")
                }
            }
        }
        return problems
    }

    /// Every change that is said to be done is done.
    private func claims(_ printed: String, _ before: World, _ after: World) -> [String] {
        let start = printed.firstIndex(of: "{") ?? printed.startIndex
        let object = try? JSONSerialization.jsonObject(with: Data(printed[start...].utf8))
        guard let document = object as? [String: Any] else { return ["no JSON: \(printed)"] }
        let organizations = document["organizations"] as? [[String: Any]] ?? []
        let changes = organizations.flatMap { $0["changes"] as? [[String: Any]] ?? [] }
        let live = after.google.calendars.values.flatMap(\.liveEvents)
        let byID = Dictionary(grouping: live, by: \.id)
        return changes.filter { $0["outcome"] as? String == "applied" && $0["resource"] as? String == "event" }
            .compactMap { change in
                let (id, title) = (change["google_event_id"] as? String ?? "", change["title"] as? String ?? "")
                switch change["action"] as? String {
                case "delete": return byID[id] == nil ? nil : "\"\(title)\" is said to be deleted, and is there"
                case "create":
                    let page = change["notion_page_id"] as? String
                    let isThere = live.contains { $0.marks["notionPageId"] == page && $0.summary == title }
                    return isThere ? nil : "\"\(title)\" is said to be created, and is not there"
                case "update":
                    return byID[id]?.first?.summary == title ? nil : "\"\(title)\" is said to be updated, and is not"
                default: return nil
                }
            }
    }
}
