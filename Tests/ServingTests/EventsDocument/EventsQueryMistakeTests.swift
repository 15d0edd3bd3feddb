import Serving
import Testing

/// What a request must not ask, and what it is told.
struct EventsQueryMistakeTests {
    private func problems(_ parameters: [(name: String, value: String)]) -> [String] {
        do {
            _ = try EventsQuery.parse(parameters, timeZone: "UTC")
            return []
        } catch {
            return error.problems
        }
    }

    @Test(arguments: [
        ("limit", "0"), ("limit", "1001"), ("limit", "-1"), ("limit", "+1"), ("limit", ""), ("limit", "1.0"),
        ("limit", "ten"), ("limit", "99999999999999999999"), ("limit", "١"), ("offset", "-1"), ("offset", "2147483648"),
        ("offset", " 1"), ("from", ""), ("from", "yesterday"), ("from", "2026-02-30"), ("from", "2026-13-01"),
        ("from", "2026-12-01T25:00:00Z"), ("from", "2026-12-01T18:00:00"), ("to", "2026-12-01 "), ("to", "20261201"),
        ("to", "1e9"), ("from", "2026-12-01 18:00:00Z"), ("from", "2026-12-01T18:00Z"),
        ("to", "2026-12-01T18:00:00+0100"), ("to", "2026-12-01T18:00:00.Z"),
        ("date", "2026-12-01T18:00:00Z"), ("date", "today"),
    ])
    func `a malformed value is named with what was expected`(name: String, value: String) throws {
        let found = problems([(name, value)])
        #expect(found.count == 1)
        let problem = try #require(found.first)
        #expect(problem.hasPrefix("\(name) is \"\(value)\", expected a "))
    }

    @Test(arguments: ["from", "to", "date", "q", "title", "location", "description", "limit", "offset"])
    func `nothing is given twice`(name: String) {
        let value = ["limit": "1", "offset": "1"][name] ?? "2026-12-01"
        #expect(problems([(name, value), (name, value)]) == ["\(name) is given more than once"])
    }

    @Test func `an unknown parameter is named with those that there are`() {
        #expect(
            problems([("When", "now")]) == [
                "there is no parameter \"When\"; there are from, to, date, q, title, location, description, limit, offset"
            ]
        )
    }

    @Test func `a plus sign that became a space is explained`() throws {
        let problem = try #require(problems([("from", "2026-12-01T18:00:00 02:00")]).first)
        #expect(problem.hasSuffix("(a + in it is written %2B)"))
    }

    @Test func `a long query does not get a longer answer`() {
        let mistakes = EventsQuery.Mistakes(problems: problems(Array(repeating: ("a", ""), count: 40_000)))
        #expect(mistakes.description.hasSuffix("; and 39990 more."))
        #expect(mistakes.description.utf8.count < 2_000)
    }

    @Test func `all problems are told at once, in one text`() {
        let found = problems([("limit", "0"), ("what", ""), ("from", "x"), ("to", "2026-12-01")])
        #expect(found.count == 3)
        #expect(EventsQuery.Mistakes(problems: ["one", "two"]).description == "one; two.")
    }

    @Test func `texts have a limit, and long values are cut in the message`() throws {
        #expect(problems([("q", String(repeating: "é", count: 200))]).isEmpty)
        let problem = try #require(problems([("q", String(repeating: "x", count: 201))]).first)
        #expect(problem == "q is \"\(String(repeating: "x", count: 60))…\", expected at most 200 characters")
    }
}
