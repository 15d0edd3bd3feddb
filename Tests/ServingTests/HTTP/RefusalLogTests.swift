import TestSupport
import Testing
import Transport

@testable import Serving

struct RefusalLogTests {
    private let log = RecordedLog()
    private let clock = SteppedClock()
    private let refusals: RefusalLog

    init() { refusals = RefusalLog(time: ElapsedTime(clock: clock), logger: log.logger) }

    private func note(
        _ status: Int = 401,
        _ route: String? = "/api/calendar/{prefix}/sync",
        prefix: String? = "acm",
        isDeclared: Bool = true,
        client: String = "192.0.2.1"
    ) {
        refusals.note(
            RefusalLog.Refusal(
                status: status,
                route: route,
                prefix: prefix,
                isDeclared: isDeclared,
                client: client
            )
        )
    }

    @Test func `a line says who was refused what`() {
        note()
        let line =
            "warning: request refused client=192.0.2.1 organization=acm route=/api/calendar/{prefix}/sync status=401"
        #expect(log.lines == [line])
    }

    @Test func `what strangers repeat is told once a minute, and counted`() {
        for _ in 0..<1000 { note() }
        #expect(log.lines.count == 1)
        clock.advance(by: .seconds(60))
        note()
        #expect(log.lines.count == 2 && log.lines.last?.contains("not_told=999") == true)
    }

    @Test func `many strangers do not fill the log, nor hide another kind`() {
        for number in 0..<1000 { note(404, client: "192.0.2.\(number)") }
        #expect(log.lines.count == 10)
        note(403)
        #expect(log.lines.count == 11 && log.lines.last?.contains("status=403") == true)
    }

    @Test func `who makes up paths and prefixes hides no organization's refusals, nor the service's`() {
        for number in 0..<1000 {
            note(prefix: "made-up-\(number)", isDeclared: false)
            note(nil, prefix: nil, client: "192.0.2.\(number)")
        }
        #expect(log.lines.count == 20)
        note()
        note(prefix: "film")
        note("/api/calendar/sync-all", prefix: nil)
        #expect(log.lines.count == 23)
        for number in 0..<1000 { note(client: "198.51.100.\(number)") }
        #expect(log.lines.count == 32)
    }

    @Test func `who knows many organizations fills no log, either`() {
        for number in 0..<1000 { note(prefix: "org-\(number)", client: "192.0.2.1") }
        #expect(log.lines.count == 200)
        clock.advance(by: .seconds(60))
        // What was left out is told as soon as there is room, and counted.
        note(prefix: "org-999", client: "192.0.2.1")
        #expect(log.lines.count == 201 && log.lines.last?.contains("not_told=1 ") == true, "\(log.lines.last ?? "")")
    }

    private func note(_ route: String?, prefix: String?, client: String = "192.0.2.1") {
        note(401, route, prefix: prefix, isDeclared: false, client: client)
    }

    @Test func `paths that nobody has are no notice`() {
        note(404, nil, prefix: nil)
        note(404)
        #expect(log.lines.map { String($0.prefix { $0 != ":" }) } == ["info", "notice"])
    }

    @Test func `what stands in place of a prefix begins no line and is not endless`() throws {
        note(prefix: "acm\nerror: broken\u{1B}[2J\u{202E}\(String(repeating: "x", count: 1000))")
        let line = try #require(log.lines.first)
        #expect(line.contains("organization=acm\u{FFFD}error: broken\u{FFFD}[2J\u{FFFD}xxx"))
        #expect(line.utf8.count < 250)
    }
}
