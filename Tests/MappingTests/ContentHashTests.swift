import NotionAPI
import Mapping
import ReconcileModel
import Testing

@Suite struct ContentHashTests {
    private static let all = Set(EventField.allCases)
    private static let event = CalendarEvent(
        summary: "Talk",
        description: "Text",
        location: "Room",
        start: .instant(Timestamp(secondsSince1970: 1_795_000_000)),
        end: .instant(Timestamp(secondsSince1970: 1_795_003_600)),
        displayZone: "America/Phoenix"
    )

    private func changed(_ change: (inout CalendarEvent) -> Void) -> ContentHash {
        var event = Self.event
        change(&event)
        return ContentHash(of: event, fields: Self.all)
    }

    @Test func `a hash is 32 digits and stays the same between versions`() {
        let hash = ContentHash(of: Self.event, fields: Self.all)
        #expect(hash.rawValue.count == 32)
        #expect(hash.rawValue.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        // A new value here rewrites every event of every calendar once.
        #expect(hash.rawValue == "df4c0f762da65073b4810d73b6d34159")
    }

    @Test func `every managed field counts, the shown zone does not`() {
        let hash = ContentHash(of: Self.event, fields: Self.all)
        #expect(changed { $0.summary = "Talk " } != hash)
        #expect(changed { $0.description = nil } != hash)
        #expect(changed { $0.location = nil } != hash)
        #expect(changed { $0.start = .instant(Timestamp(secondsSince1970: 1_795_000_001)) } != hash)
        #expect(changed { $0.end = .instant(Timestamp(secondsSince1970: 1_795_003_601)) } != hash)
        #expect(changed { $0.displayZone = "UTC" } == hash)
    }

    @Test func `unmanaged fields do not count, but which are managed does`() {
        let fields: Set<EventField> = [.summary, .start, .end]
        var other = Self.event
        other.description = "Other"
        #expect(ContentHash(of: other, fields: fields) == ContentHash(of: Self.event, fields: fields))
        var bare = Self.event
        (bare.description, bare.location) = (nil, nil)
        #expect(ContentHash(of: bare, fields: fields) != ContentHash(of: bare, fields: Self.all))
    }

    @Test func `text cannot move from one field to another unnoticed`() {
        #expect(
            changed { ($0.summary, $0.location) = ("TalkRoom", "") }
                != changed { ($0.summary, $0.location) = ("Talk", "Room") }
        )
        #expect(
            changed { ($0.location, $0.description) = ("a", "bc") }
                != changed { ($0.location, $0.description) = ("ab", "c") }
        )
        #expect(
            changed { ($0.location, $0.description) = (nil, "x") }
                != changed { ($0.location, $0.description) = ("x", nil) }
        )
        #expect(changed { $0.description = nil } != changed { $0.description = "" })
    }

    @Test func `equal instants hash equally however they were written`() {
        let spellings = ["2026-11-20T17:00:00.000-07:00", "2026-11-21T00:00:00Z", "2026-11-21T01:00:00.000+01:00"]
        let hashes = spellings.map { Sample.outcome(of: Sample.page(date: .date(NotionDate(start: $0)))).hash }
        #expect(Set(hashes).count == 1)
        let day = Sample.outcome(of: Sample.page(date: .date(NotionDate(start: "2026-11-21")))).hash
        #expect(day != hashes.first)
    }
}
