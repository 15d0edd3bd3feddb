import Emulation
import Foundation
import TestSupport

/// One story of runs and people, and what was found wrong in it.
struct TruthStory {
    private let site: Site
    private var people: People
    private var curtain = Curtain()
    private var lies: [Fault] = []
    private var fates: [StateFate] = []
    private var record = FeedRecord()
    /// What the state that a fate may bring back remembers, by the numbers of organizations.
    private var backup: [Int: ColumnMemory] = [:]
    private(set) var problems: [String] = []

    init(site: Site, people: People) { (self.site, self.people) = (site, people) }

    mutating func run(rounds: Int) async throws {
        try declare()
        for round in 1...rounds {
            if round > 1 { try lie() }
            try await observedRun(["apply", "--auto-approve"], "round \(round)")
            site.emulator.removeFaults()
            lies = []
            try change { people, curtain, world in
                people.work(on: &world)
                for index in people.organizations.indices { people.changeColumns(of: index, &world) }
                for index in people.organizations.indices where people.random.chance(15) {
                    let isSaid = people.random.chance(50)
                    people.organizations[index].rename(to: "renamed-\(index)-\(round)", isSaid: isSaid)
                }
                curtain.draw(&people, on: &world)
            }
            try declare()
            try await strike(StateFate.allCases.randomElement(using: &people.random) ?? .kept, "round \(round)")
        }
        try await end()
    }

    /// Everything is shown, what is an error is mended, and one run makes everything right.
    private mutating func end() async throws {
        try change { people, curtain, world in
            curtain.lift(&people, on: &world)
            people.mendColumns(&world)
        }
        try declare()
        let allowances = people.organizations.flatMap {
            ["--allow-deletes", "\($0.prefix):1000", "--allow-updates", "\($0.prefix):1000"]
        }
        try await observedRun(["apply", "--auto-approve"] + allowances, "the last run", mustSucceed: true)
        let (code, printed, _) = await site.run(["plan", "--detailed-exitcode"])
        if code != 0 { problems.append("the plan after it ended with \(code):\n\(printed)") }
        let strangers = try site.emulator.withWorld { [given] in Strangers(in: $0, besides: given) }
        let findings = try await site.findings(people.organizations, strangers)
        if !findings.isEmpty { problems.append(findings.description) }
    }

    // MARK: - Between runs

    private mutating func change(_ body: @Sendable (inout People, inout Curtain, inout World) -> Void) throws {
        (people, curtain) = try site.emulator.withWorld { [people, curtain] world in
            var (people, curtain) = (people, curtain)
            body(&people, &curtain, &world)
            return (people, curtain)
        }
        site.emulator.settings.omittedQueryPage = curtain.isListingCut ? 1 : nil
    }

    private func declare() throws {
        for organization in people.organizations {
            try site.folder.write(Data(organization.declaration.utf8), to: "\(organization.number).yaml")
        }
    }

    private mutating func lie() throws {
        let world = try site.emulator.withWorld { $0 }
        lies = Lies.draw(&people.random, in: world)
        for fault in lies { site.emulator.add(fault) }
    }

    private mutating func strike(_ fate: StateFate, _ name: String) async throws {
        let views = try views()
        fates.append(fate)
        let failed = try await fate.strike(site)
        if let failed, views.values.allSatisfy({ $0.obstacle == nil }), !curtain.isListingCut {
            problems.append("\(name): \(failed)")
        }
        for index in people.organizations.indices {
            let number = people.organizations[index].number
            switch fate {
            case .kept: break
            case .lost, .rebuilt: people.organizations[index].memory.loseState()
            case .older: people.organizations[index].memory = backup[number] ?? people.organizations[index].memory
            }
        }
        if fate.forgets { record.forget() }
        guard try StateFate.keep(site) else { return }
        backup = Dictionary(uniqueKeysWithValues: people.organizations.map { ($0.number, $0.memory) })
    }

    // MARK: - Runs

    /// Calendars that declarations name.
    private var given: Set<String> { Set(people.organizations.compactMap(\.calendar)) }

    private func views() throws -> [Int: ModelView] {
        let (organizations, isListingCut) = (people.organizations, curtain.isListingCut)
        return try site.emulator.withWorld { world in
            let views = organizations.map { ($0.number, $0.view(of: world, isListingCut: isListingCut)) }
            return Dictionary(uniqueKeysWithValues: views)
        }
    }

    private mutating func observedRun(_ arguments: [String], _ name: String, mustSucceed: Bool = false) async throws {
        let (before, views) = (try site.emulator.withWorld { $0 }, try views())
        let (code, printed, document) = await site.run(arguments + ["--format", "json"])
        let after = try site.emulator.withWorld { $0 }
        guard let report = RunReport(document, code: code) else {
            problems.append("\(name): no JSON: \(printed)")
            return
        }
        var found: [String] = []
        if mustSucceed, code != 0 { found.append("it ended with \(code):\n\(printed)") }
        found += Strangers(in: before, besides: given).differences(from: Strangers(in: after, besides: given))
            .map { "touched: \($0)" }
        let verdict = Verdict(report, people.organizations, views, before, after)
        found += verdict.problems
        found += try await feedProblems(report, verdict.scenes)
        learn(report, views)
        guard !found.isEmpty else { return }
        problems += found.map { "\(name), states \(fates), hidden \(curtain.hidden), lies \(lies): \($0)" } + [printed]
    }

    private mutating func feedProblems(_ report: RunReport, _ scenes: [Int: RunScene]) async throws -> [String] {
        let feeds = try await site.feeds(of: people.organizations.map(\.prefix))
        var found: [String] = []
        for organization in people.organizations {
            guard let scene = scenes[organization.number], let own = report.organizations[organization.prefix],
                let feed = feeds[organization.prefix]
            else { continue }
            let judge = FeedJudge(scene, own, feed, record.former(of: organization.number))
            found += judge.problems.map { "\(organization.prefix): \($0)" }
            record.add(feed, of: organization.number)
        }
        return found
    }

    private mutating func learn(_ report: RunReport, _ views: [Int: ModelView]) {
        for index in people.organizations.indices {
            let organization = people.organizations[index]
            guard let view = views[organization.number], view.obstacle == nil,
                let own = report.organizations[organization.prefix],
                own.status != "error" || curtain.isListingCut
            else { continue }
            people.organizations[index].memory.learn(
                view.readings,
                of: people.organizations[index].columns,
                isHeldBack: own.holdsBackUpdates
            )
        }
    }
}
