import Emulation
import Foundation
import TestSupport

/// Runs on services that fail one request in five, over worlds that people keep editing; then one run in peace.
struct FaultSoak: Sendable {
    let seed: UInt64

    struct Outcome: Sendable {
        /// What was found in the end, or a stranger's thing that was touched on the way.
        var problems: [String] = []
        var faults = 0
    }

    func run() async throws -> Outcome {
        var random = SeededGenerator(seed: seed)
        var world = try World.empty(seed: seed)
        let organizations = ["acm", "film"].enumerated().map { number, prefix in
            var organization = ModelOrganization(prefix, number: number + 1, in: &world)
            organization.addPages(Int.random(in: 5...14, using: &random), to: &world)
            return organization
        }
        let rounds = Int.random(in: 2...4, using: &random)
        let people = People(random: random, organizations: organizations)
        let emulator = Emulator(world: world, seed: seed)
        return try await emulator.withServer { address in
            let folder = try TemporaryFolder()
            for organization in organizations {
                try folder.write(Data(organization.declaration.utf8), to: "\(organization.prefix).yaml")
                // Limits are not what is tested here, and people delete as they like.
                try folder.write(Data("safety: {max_delete_percent: 100}\n".utf8), to: "_defaults.yaml")
            }
            let site = Site(emulator: emulator, environment: address.environment, folder: folder)
            return try await run(rounds, site, people)
        }
    }

    private func run(_ rounds: Int, _ site: Site, _ people: People) async throws -> Outcome {
        var (people, outcome) = (people, Outcome())
        var strangers = Strangers(in: try site.emulator.withWorld { $0 })
        for _ in 0..<rounds {
            for fault in Self.faults { site.emulator.add(fault) }
            _ = await site.run(["apply", "--auto-approve"], timeout: Self.patience)
            site.emulator.removeFaults()
            (people, strangers) = try site.emulator.withWorld { world in
                outcome.problems += strangers.differences(from: Strangers(in: world)).map { "touched: \($0)" }
                var people = people
                people.work(on: &world)
                return (people, Strangers(in: world))
            }
        }
        outcome.faults = site.emulator.strikes
        for command in [["apply", "--auto-approve"], ["plan", "--detailed-exitcode"]] {
            let (code, printed, _) = await site.run(command)
            if code != 0 { outcome.problems.append("\(command[0]) ended with \(code):\n\(printed)") }
        }
        let findings = try await site.findings(people.organizations, strangers)
        if !findings.isEmpty { outcome.problems.append(findings.description) }
        return outcome
    }

    /// Each answer that hangs is waited for so long. That a busy machine may not answer in time is one more fault.
    private static let patience = Duration.seconds(1)

    /// Together they strike one request in five.
    private static let faults: [Fault] = {
        let actions: [Fault.Action] = [
            .respond(status: 500), .respond(status: 429, headers: ["Retry-After": "2"]), .delay(milliseconds: 50),
            .resetBefore, .resetAfter, .truncate(bytes: 20), .malformedBody, .errorPage(status: 502),
            .drip(bytes: 500, milliseconds: 5), .hang,
        ]
        let inBatch = [500, 503, 403].map { status in
            Fault(.respond(status: status), .probability(share: 0.07), api: "google", inBatch: true)
        }
        return actions.map { Fault($0, .probability(share: 0.025)) } + inBatch
    }()
}
