import Foundation
import ReconcileModel
import Serving
import Testing
import TestSupport

struct EventsDocumentTests {
    private let document = EventsDocument(organization: .sample(name: "ACM"), id: 1)

    /// The members of the one event of a document, as a JSON parser finds them.
    private func read(_ event: EventContent) throws -> [String: Any] {
        let bytes = document.render([.sample(.sample(1, event))], total: 1)
        let json = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        return try #require((json?["events"] as? [[String: Any]])?.first)
    }

    private func day(_ text: String) throws -> EventTime { .date(try #require(CivilDate(text))) }

    @Test func `the whole document`() throws {
        let hackathon = EventContent(
            summary: "SunHacks",
            start: try day("2027-01-22"),
            end: try day("2027-01-25")
        )
        let text = String(
            decoding: document.render([.sample(.sample(1)), .sample(.sample(2, hackathon))], total: 12),
            as: UTF8.self
        )
        #expect(
            text == #"{"status":"success","organization_id":1,"organization_name":"ACM","events":["#
                + #"{"id":"00000000-0000-4000-8000-000000000001","title":"Event 1","start":"2026-11-21T17:00:00Z","#
                + #""end":"2026-11-21T18:00:00Z","location":"BYENG 210","description":"Bring a laptop."},"#
                + #"{"id":"00000000-0000-4000-8000-000000000002","title":"SunHacks","start":"2027-01-22","#
                + #""end":"2027-01-24","location":null,"description":null}],"total_events":12}"#
        )
    }

    @Test func `no events are an empty list`() {
        let text = String(decoding: document.render([], total: 0), as: UTF8.self)
        #expect(text.hasSuffix(#""events":[],"total_events":0}"#))
    }

    @Test(arguments: [
        ("2026-12-10", "2026-12-11", "2026-12-10"), ("2027-01-22", "2027-01-25", "2027-01-24"),
        ("2028-02-28", "2028-03-02", "2028-03-01"), ("2026-12-31", "2027-01-01", "2026-12-31"),
        // What no page asks for still ends no sooner than it starts.
        ("2026-12-10", "2026-12-10", "2026-12-10"),
    ])
    func `an all-day event ends on its last day`(start: String, end: String, shown: String) throws {
        let event = try read(EventContent(summary: "Days", start: day(start), end: day(end)))
        #expect(event["start"] as? String == start)
        #expect(event["end"] as? String == shown)
    }

    @Test(arguments: [
        "", "plain", "quote \" and \\ backslash", "line\nline\r\nline\ttab", "\u{0}\u{1}\u{8}\u{C}\u{1F}\u{7F}",
        "</script><!--", "Fête 🎉 日本語 — النادي 👩‍💻 e\u{301}", "\u{2028}\u{2029}\u{FEFF}\u{10FFFF}", "ends with \\",
    ])
    func `any text comes back as it was`(text: String) throws {
        let event = try read(.sample(text, description: text, location: text))
        for member in ["title", "description", "location"] {
            let found = try #require(event[member] as? String)
            #expect(Array(found.utf8) == Array(text.utf8))
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `texts of all sorts come back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var scalars = String.UnicodeScalarView()
        while scalars.count < 300 {
            let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x2_0000
            Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)).map { scalars.append($0) }
        }
        let text = String(scalars)
        let found = try #require(try read(.sample(text))["title"] as? String)
        #expect(Array(found.utf8) == Array(text.utf8))
    }
}

extension ShownEvent {
    static func sample(_ desired: DesiredEvent) -> ShownEvent { ShownEvent(desired.page, desired.event) }
}
