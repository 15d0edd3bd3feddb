import Emulation
import Foundation
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
    private let milliseconds = Mutex(World.epoch)

    var now: Date { Date(timeIntervalSince1970: Double(milliseconds.withLock { $0 }) / 1000) }

    func advance(milliseconds step: Int) { milliseconds.withLock { $0 += step } }
}

extension Emulator {
    /// An emulator whose clock stands at `World.epoch`.
    convenience init(_ world: World, clock: ManualClock = ManualClock(), file: String? = nil) {
        self.init(world: world, file: file, now: { clock.now })
    }
}

/// A fixture as a JSON value.
func fixture(_ name: String) throws -> JSONValue { try JSONParser.parse(fixtureBytes(name)) }

func fixtureBytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return Array(try Data(contentsOf: folder.appending(path: name)))
}

/// Percent-encodes a path segment.
func segment(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
}

/// An emulator, its world's calendar and a client with a token for it.
struct CalendarBench {
    var emulator: Emulator
    var clock: ManualClock
    var address: EmulatorAddress
    var client: TestClient
    var calendar: String

    /// The path below the calendar.
    func path(_ rest: String = "") -> String { "/calendar/v3/calendars/\(segment(calendar))\(rest)" }

    /// Inserts an all-day event.
    @discardableResult
    func insert(_ id: String, _ fields: JSONValue = [:]) async throws -> TestAnswer {
        var body: JSONValue = [
            "id": .string(id), "summary": .string(id), "start": ["date": "2026-12-01"], "end": ["date": "2026-12-02"],
        ]
        for (name, value) in fields.object ?? [:] { body[name] = value }
        return try await client.send("POST", path("/events"), body)
    }

    func get(_ id: String) async throws -> TestAnswer { try await client.send("GET", path("/events/\(id)")) }

    /// Runs a body against an empty calendar.
    static func with(
        timeZone: String = "America/Phoenix",
        prepare: (inout World, _ calendar: String) throws -> Void = { _, _ in },
        _ body: @escaping @Sendable (CalendarBench) async throws -> Void
    ) async throws {
        var world = try World.empty()
        let calendar = world.addCalendar("ACM Events", timeZone: timeZone)
        try prepare(&world, calendar)
        let clock = ManualClock()
        let emulator = Emulator(world, clock: clock)
        try await emulator.withServer { address in
            let client = try await TestClient.google(address)
            try await body(
                CalendarBench(emulator: emulator, clock: clock, address: address, client: client, calendar: calendar)
            )
        }
    }
}
