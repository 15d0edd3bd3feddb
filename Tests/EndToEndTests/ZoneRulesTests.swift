import Emulation
import Foundation
import ReconcileCommands
import TestSupport
import Testing

/// The zone rules of the system are the ones that count: governments change them more often than programs are built.
struct ZoneRulesTests {
    /// British Columbia stays seven hours behind; what is built in may not know it yet, and knows no such half hour.
    private static let rules: [String: CompiledZone] = [
        "America/Vancouver": .fixed(-23_400, footer: "<-0630>6:30"), "America/Phoenix": .fixed(-25_200, footer: "MST7"),
    ]

    private func run(
        timeZone: String = "America/Phoenix",
        _ body: @escaping @Sendable (Scenario, [String: String?]) async throws -> Void
    ) async throws {
        let zones = try TemporaryFolder()
        let folder = try zones.writeZones(Self.rules)
        try await Scenario.run(
            pages: 0,
            build: { world, database in
                world.addPage(
                    to: database,
                    title: "Talk",
                    date: "2027-01-10T18:00:00.000",
                    timeZone: "America/Vancouver",
                    id: World.page(0)
                )
            }
        ) { scenario in
            try scenario.write(
                """
                prefix: acm
                name: ACM
                sync_enabled: true
                notion_database_id: \(scenario.database)
                timezone: \(timeZone)
                """,
                to: "orgs.d/acm.yaml"
            )
            try await body(scenario, ["TZDIR": folder])
            withExtendedLifetime(zones) {}
        }
    }

    @Test func `a wall time of a page is read by the system's rules, and stays where it is`() async throws {
        try await run { scenario, environment in
            let applied = await scenario.reconcile("apply", "--auto-approve", environment: environment)
            #expect(applied.code == 0, "\(applied.output)\(applied.errors)")
            let event = try scenario.event(of: 0)
            #expect(event.start == .instant(1_799_627_400, zone: "America/Vancouver"))
            let again = await scenario.reconcile("plan", "--detailed-exitcode", environment: environment)
            #expect(again.code == 0, "\(again.output)")
        }
    }

    @Test func `plans show times by the system's rules, and say in which zone`() async throws {
        try await run(timeZone: "America/Vancouver") { scenario, environment in
            let plan = await scenario.reconcile("plan", environment: environment)
            #expect(plan.output.contains("ACM (acm), times in America/Vancouver\n"), "\(plan.output)")
            #expect(plan.output.contains("Sun 2027-01-10 18:00 – 19:00"), "\(plan.output)")
        }
    }

    @Test func `the version tells which rules are in use`() async throws {
        try await run { scenario, environment in
            let context = await Scenario.reconcile(
                ["--version", "--verbose"],
                environment: environment.compactMapValues { $0 }
            )
            #expect(context.code == 0)
            let folder = environment["TZDIR"].flatMap { $0 } ?? ""
            #expect(context.output == "reconcile 0.1.0\ntime zones: 2099z of \(folder)\n")
            let short = await Scenario.reconcile(["--version"], environment: [:])
            #expect(short.output == "0.1.0\n")
        }
    }

    @Test func `metrics tell it, and days of a query begin by these rules`() async throws {
        try await run(timeZone: "America/Vancouver") { scenario, environment in
            try await ServiceScenario.run(in: scenario, environment: environment) { service in
                let metrics = try await service.get("/metrics")
                #expect(metrics.text.contains("reconcile_zone_rules_info{release=\"2099z\",source=\"system\"} 1"))
            }
        }
    }

    @Test func `a zone that nobody named is told, in words and as a warning`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let declaration = """
                prefix: acm
                name: ACM
                sync_enabled: true
                notion_database_id: \(scenario.database)
                """
            try scenario.write(declaration, to: "orgs.d/acm.yaml")
            #expect(await scenario.plan().warnings == ["timezone_not_named"])
            let text = await scenario.reconcile("plan")
            #expect(text.output.contains("ACM (acm), times in UTC\n"), "\(text.output)")
            #expect(text.output.contains("names no time zone, nor do _defaults.yaml and the variable TIMEZONE"))
            let named = await scenario.reconcile("plan", environment: ["TIMEZONE": "Asia/Tokyo"])
            #expect(!named.output.contains("warning"), "\(named.output)")
            #expect(named.output.contains("times in Asia/Tokyo"), "\(named.output)")
            try scenario.write("timezone: Asia/Kolkata\n", to: "orgs.d/_defaults.yaml")
            #expect(await scenario.plan().warnings.isEmpty)
        }
    }
}
