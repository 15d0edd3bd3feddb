import NotionAPI
import Mapping
import ReconcileModel
import TestSupport
import Testing

@Suite struct ContentHashTests {
    /// Speaks of the fields that there were in the first version.
    private static let event = EventContent(
        summary: "Talk",
        description: "Text",
        location: "Room",
        start: .instant(Timestamp(secondsSince1970: 1_795_000_000)),
        end: .instant(Timestamp(secondsSince1970: 1_795_003_600)),
        displayZone: "America/Phoenix"
    ).limited(to: [.location, .description])

    private func changed(_ change: (inout EventContent) -> Void) -> ContentHash {
        var event = Self.event
        change(&event)
        return ContentHash(of: event)
    }

    @Test func `a hash is 32 digits and stays the same between versions`() {
        let hash = ContentHash(of: Self.event)
        #expect(hash.rawValue.count == 32)
        #expect(hash.rawValue.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        // A new value here rewrites every event of every calendar once.
        #expect(hash.rawValue == "df4c0f762da65073b4810d73b6d34159")
    }

    @Test(
        arguments: [
            ([], "8a455b429eee3b4e6a9c8deb65095ba6"),
            ([.location], "8deb2298ca93d9e2fb1fb2fd84d9bb27"),
            ([.description], "a1dee6f33bcdfb341bd8122bbf11b564"),
            ([.location, .description], "df4c0f762da65073b4810d73b6d34159"),
        ] as [(Set<EventField>, String)]
    )
    func `whatever pages decide, hashes stay the same between versions`(fields: Set<EventField>, hash: String) {
        #expect(ContentHash(of: Self.event.limited(to: fields)).rawValue == hash)
        guard fields.isEmpty else { return }
        // The day, and nothing where something could be.
        let day = CivilDate(daysSince1970: 20_777)
        let whole = EventContent(summary: "", start: .date(day), end: .date(day.adding(days: 1)))
        var allDay = whole.limited(to: [.location, .description])
        #expect(ContentHash(of: allDay).rawValue == "380958a0ca8dcd93c9fa87ee40f74b0a")
        allDay.location = ""
        #expect(ContentHash(of: allDay).rawValue == "5016b8b2437fc085535be23f0a52e051")
    }

    @Test(arguments: EventField.allCases)
    func `another value of any field is another hash`(field: EventField) {
        var other = EventContent.ofSamples
        other[field] = field.samples.other
        #expect(ContentHash(of: other) != ContentHash(of: .ofSamples))
    }

    @Test func `every managed field counts, the shown zone does not`() {
        let hash = ContentHash(of: Self.event)
        #expect(changed { $0.summary = "Talk " } != hash)
        #expect(changed { $0.description = nil } != hash)
        #expect(changed { $0.location = nil } != hash)
        #expect(changed { $0.start = .instant(Timestamp(secondsSince1970: 1_795_000_001)) } != hash)
        #expect(changed { $0.end = .instant(Timestamp(secondsSince1970: 1_795_003_601)) } != hash)
        #expect(changed { $0.displayZone = "UTC" } == hash)
    }

    @Test func `unmanaged fields do not count, but which are managed does`() {
        var other = Self.event
        other.description = "Other"
        #expect(ContentHash(of: other.limited(to: [])) == ContentHash(of: Self.event.limited(to: [])))
        var bare = Self.event
        (bare.description, bare.location) = (nil, nil)
        #expect(ContentHash(of: bare.limited(to: [])) != ContentHash(of: bare))
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
