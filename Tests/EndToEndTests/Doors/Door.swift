import Emulation
import Foundation
import HTTPTypes
import Signing
import TestSupport
import Testing

/// The ways in which somebody, or the time, asks the program to do something: what holds has to hold behind each of them.
enum Door: String, CaseIterable, Sendable {
    case plan, apply, undo, rebuild, forget, sync, schedule, webhook, events, feed

    /// Those whose runs read the pages and write the calendar.
    static let writing: [Door] = [.apply, .sync, .schedule, .webhook]
    /// Those that go by what is at Notion; an undo goes by the journal and the calendar alone.
    static let reading = Door.allCases.filter { $0 != .undo }

    /// What came of it.
    struct Passage: Sendable {
        /// Whether it said that all went well.
        var isSuccess: Bool
        /// What subscribers were shown before and after a sync; of the doors that show something.
        var shown: [String] = []
    }

    /// Goes through the door, and lets a run follow where it does not make one itself.
    ///
    /// - Parameter losing: whether a rebuild is made once more from nothing.
    func pass(_ scenario: Scenario, _ prefix: String = "acm", losing: Bool = true) async throws -> Passage {
        switch self {
        case .plan: return Passage(isSuccess: [0, 2].contains(await scenario.plan().code))
        case .apply: return Passage(isSuccess: await scenario.apply().code == 0)
        case .undo: return Passage(isSuccess: try await scenario.undoEverything())
        case .rebuild:
            var isSuccess = true
            for isLost in losing ? [false, true] : [false] {
                if isLost { try scenario.deleteState() }
                let rebuilt = await scenario.reconcile("state", "rebuild").code
                let applied = await scenario.apply().code
                isSuccess = isSuccess && rebuilt == 0 && applied == 0
            }
            return Passage(isSuccess: isSuccess)
        case .forget:
            let forgotten = await scenario.reconcile("state", "forget", prefix, "--auto-approve").code
            let applied = await scenario.apply().code
            return Passage(isSuccess: forgotten == 0 && applied == 0)
        case .sync:
            return try await scenario.serving { service in
                let synced = try await service.lettingTimePass {
                    try await service.post("/api/calendar/\(prefix)/sync")
                }
                return Passage(isSuccess: synced.status == 200)
            }
        case .schedule:
            return try await scenario.serving { service in
                // The scheduler and the watcher sleep until their time comes.
                await service.clock.waitForSleepers(2)
                service.clock.advance(by: .seconds(10))
                return Passage(isSuccess: try await service.isNextRunSuccess())
            }
        case .webhook:
            return try await scenario.serving { service in
                try await service.deliver(page: 1, in: scenario.database)
                return Passage(isSuccess: try await service.isNextRunSuccess())
            }
        case .events: return try await shown(scenario, "/api/calendar/\(prefix)/events", prefix)
        case .feed: return try await shown(scenario, "/api/calendar/\(prefix)/events.ics", prefix)
        }
    }

    private func shown(_ scenario: Scenario, _ path: String, _ prefix: String) async throws -> Passage {
        try await scenario.serving { service in
            let before = try await service.get(path)
            let synced = try await service.lettingTimePass { try await service.post("/api/calendar/\(prefix)/sync") }
            service.clock.advance(by: .seconds(4_000))
            let after = try await service.get(path)
            return Passage(
                isSuccess: synced.status == 200,
                shown: [before, after].filter { $0.status == 200 }.map(\.text)
            )
        }
    }
}

extension Door.Passage {
    /// The titles that were shown, each time in order.
    var titles: [[String]] {
        shown.map { text in
            text.hasPrefix("BEGIN:VCALENDAR")
                ? text.matches(of: /SUMMARY:(.*)\r\n/).map { String($0.1) }
                : text.matches(of: /"title" ?: ?"([^"]*)"/).map { String($0.1) }
        }
        .map { $0.sorted() }
    }
}

extension Scenario {
    private final class Result<Value: Sendable>: Sendable {
        private let transcript: AsyncStream<Value>
        private let values: AsyncStream<Value>.Continuation

        init() { (transcript, values) = AsyncStream<Value>.makeStream() }

        func set(_ value: Value) {
            values.yield(value)
            values.finish()
        }

        func value() async -> Value? { await transcript.first { _ in true } }
    }

    /// Runs `body` beside the service, and returns what it returns once the service has ended.
    func serving<Value: Sendable>(
        _ body: @escaping @Sendable (ServiceScenario) async throws -> Value
    ) async throws -> Value {
        let result = Result<Value>()
        let environment = ["NOTION_WEBHOOK_SECRET": ServiceScenario.webhookSecret]
        try await ServiceScenario.run(in: self, environment: environment) { result.set(try await body($0)) }
        return try #require(await result.value())
    }

    /// Takes back every run, the latest first.
    func undoEverything() async throws -> Bool {
        let runs = await reconcile("history", "--format", "json").json["runs"] as? [[String: Any]] ?? []
        var isSuccess = true
        for run in runs.compactMap({ $0["id"] as? Int }) {
            let code = await reconcile("undo", "\(run)", "--auto-approve").code
            isSuccess = isSuccess && code == 0
        }
        return isSuccess
    }

    /// The live events of all calendars, each with its version.
    func versions(where isMeant: (GoogleEvent) -> Bool = { _ in true }) throws -> [String: String] {
        let events = try emulator.withWorld { $0.google.calendars.values.flatMap(\.liveEvents) }
        return Dictionary(events.filter(isMeant).map { ($0.id, $0.etag) }) { first, _ in first }
    }
}

extension ServiceScenario {
    static let webhookSecret = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"

    /// Brings a signed delivery about a page, and lets the pause pass that follows it.
    ///
    /// - Parameter database: nil: it does not name where the page is.
    func deliver(page: Int, in database: String?, type: String = "page.properties_updated") async throws {
        let parent = database.map { #","data":{"parent":{"id":"\#($0)","type":"database"}}"# } ?? ""
        let body = Data(
            #"{"id":"delivery-\#(page)","type":"\#(type)","entity":{"id":"\#(World.page(page))","type":"page"}\#(parent)}"#
                .utf8
        )
        let code = MessageAuthentication.hmacSHA256(key: Data(Self.webhookSecret.utf8), message: body)
        let name = try #require(HTTPField.Name("X-Notion-Signature"))
        let signature = "sha256=" + code.map { String(format: "%02x", $0) }.joined()
        #expect(try await post("/api/notion/webhook", [name: signature], body: body, token: nil).status == 200)
        try await waitUntil { clock.remainingSleeps.contains(.seconds(2)) }
        clock.advance(by: .seconds(2))
    }

    /// Lets a second pass now and then, so that what waits between two attempts goes on.
    func lettingTimePass<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let ticking = Task {
            while !Task.isCancelled {
                for _ in 0..<20 { _ = try await get("/healthz") }
                clock.advance(by: .seconds(1))
            }
        }
        defer { ticking.cancel() }
        return try await body()
    }

    private struct NoRun: Error {}

    /// Waits for the first run of this service that the metrics count.
    func isNextRunSuccess() async throws -> Bool {
        try await lettingTimePass { try await self.firstRun() }
    }

    private func firstRun() async throws -> Bool {
        for _ in 0..<5_000 {
            try Task.checkCancellation()
            let metrics = try await get("/metrics").text.split(separator: "\n")
            let ended = metrics.filter { $0.hasPrefix("reconcile_syncs_total{") && !$0.hasSuffix(" 0") }
            guard let first = ended.first else { continue }
            return first.contains(#"outcome="success""#)
        }
        throw NoRun()
    }
}
