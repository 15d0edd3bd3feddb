import ReconcileModel
import Serving
import Testing
import TestSupport

/// Which events the parameters of a request choose.
struct EventsQueryTests {
    /// In Phoenix, seven hours behind UTC the whole year.
    static let events: [DesiredEvent] = [
        event(1, "Löten für Anfänger", "2026-12-02T01:00:00Z", "2026-12-02T03:00:00Z", "Straße 17", "Bring ÉCLAIRS"),
        event(2, "Career fair", "2026-12-10", "2026-12-11", "Memorial Union", nil),
        event(3, "SunHacks", "2027-01-22", "2027-01-25", nil, "Three days"),
        event(4, "Reminder", "2026-12-12T07:00:00Z", "2026-12-12T07:00:00Z", nil, nil),
        event(5, "日本語の会", "2026-12-15T20:00:00Z", "2026-12-15T21:00:00Z", "Room 101", "e\u{301}t\u{e9}"),
    ]

    private static let span = SeriesSpan(of: .sample(), now: .day(0))

    private static func event(
        _ number: Int,
        _ title: String,
        _ start: String,
        _ end: String,
        _ location: String?,
        _ description: String?
    ) -> DesiredEvent {
        .sample(
            number,
            EventContent(
                summary: title,
                description: description,
                location: location,
                start: time(start),
                end: time(end)
            )
        )
    }

    private static func time(_ text: String) -> EventTime {
        CivilDate(text).map(EventTime.date) ?? .instant(Timestamp(rfc3339: text) ?? .day(0))
    }

    /// The numbers of the pages that are found, and the total.
    private func found(
        _ parameters: [(name: String, value: String)],
        zone: String = "America/Phoenix"
    ) throws -> (pages: [PageID], total: Int) {
        let query = try EventsQuery.parse(parameters, timeZone: zone)
        let result = query.apply(to: EventListing(prefix: "acm", events: Self.events), Self.span)
        return (result.events.map(\.page), result.total)
    }

    private func expect(
        _ numbers: [Int],
        for parameters: [(name: String, value: String)],
        zone: String = "America/Phoenix"
    ) throws {
        let (pages, total) = try found(parameters, zone: zone)
        #expect(Set(pages) == Set(numbers.map(PageID.number)), "\(parameters)")
        #expect(total == numbers.count)
    }

    @Test(arguments: [
        ("2026-12-10", [2, 3, 4, 5]), ("2026-12-11", [3, 4, 5]), ("2027-01-24", [3]), ("2027-01-25", []),
        // The evening of the first of December in Phoenix.
        ("2026-12-01", [1, 2, 3, 4, 5]), ("2026-12-02", [2, 3, 4, 5]),
        // An event without duration lies where it starts; one that ends at that instant does not.
        ("2026-12-12T07:00:00Z", [3, 4, 5]), ("2026-12-12T07:00:01Z", [3, 5]), ("2026-12-02T03:00:00Z", [2, 3, 4, 5]),
        ("2026-12-02T02:59:59Z", [1, 2, 3, 4, 5]), ("2026-12-15T13:00:00-07:00", [3, 5]),
        // The last second of the tenth in Phoenix, and the second after it.
        ("2026-12-11T06:59:59Z", [2, 3, 4, 5]), ("2026-12-11T07:00:00Z", [3, 4, 5]),
    ])
    func `from leaves out what ended before`(from: String, numbers: [Int]) throws {
        try expect(numbers, for: [("from", from)])
    }

    @Test(arguments: [
        ("2026-12-01", [1]), ("2026-11-30", []), ("2026-12-10", [1, 2]), ("2026-12-11", [1, 2]),
        ("2027-01-21", [1, 2, 4, 5]), ("2027-01-22", [1, 2, 3, 4, 5]),
        // An instant is exclusive.
        ("2026-12-02T01:00:00Z", []), ("2026-12-02T01:00:01Z", [1]), ("2026-12-12T07:00:00Z", [1, 2]),
        ("2026-12-12T07:00:01Z", [1, 2, 4]), ("2026-12-10T07:00:00Z", [1]), ("2026-12-10T07:00:01Z", [1, 2]),
    ])
    func `to leaves out what starts after`(to: String, numbers: [Int]) throws {
        try expect(numbers, for: [("to", to)])
    }

    @Test(arguments: [
        ("2026-12-01", "2026-12-10", [1, 2]), ("2026-12-10", "2026-12-10", [2]), ("2027-01-23", "2027-01-23", [3]),
        ("2026-12-10", "2026-12-09", []), ("2027-01-01", "2026-01-01", []),
        ("2026-12-12T07:00:00Z", "2026-12-12T07:00:00Z", []), ("2027-01-23T12:00:00Z", "2027-01-23T12:00:01Z", [3]),
    ])
    func `from and to are a window`(from: String, to: String, numbers: [Int]) throws {
        try expect(numbers, for: [("from", from), ("to", to)])
    }

    @Test(arguments: [
        ("UTC", "2026-12-02", [1]), ("America/Phoenix", "2026-12-02", []), ("America/Phoenix", "2026-12-01", [1]),
        ("Pacific/Kiritimati", "2026-12-02", [1]), ("UTC", "2027-01-24", [3]), ("Pacific/Kiritimati", "2027-01-25", []),
        ("Nowhere/City", "2026-12-02", [1]), ("Asia/Tokyo", "2026-12-16", [5]),
    ])
    func `a day is one of the organization's zone, and all-day events are everywhere`(
        zone: String,
        day: String,
        numbers: [Int]
    ) throws {
        try expect(numbers, for: [("date", day)], zone: zone)
    }

    @Test func `a day of 23 hours is a whole day`() throws {
        // Sao Paulo, 4 November 2018: the clocks went from 00:00 to 01:00.
        let late = Self.event(9, "Late", "2018-11-04T02:59:59Z", "2018-11-04T03:00:00Z", nil, nil)
        let early = Self.event(8, "Early", "2018-11-04T03:00:00Z", "2018-11-04T03:30:00Z", nil, nil)
        let query = try EventsQuery.parse([(name: "date", value: "2018-11-04")], timeZone: "America/Sao_Paulo")
        let found = query.apply(to: EventListing(prefix: "acm", events: [late, early]), Self.span).events
        #expect(found.map(\.page) == [.number(8)])
    }

    @Test(arguments: [
        ("q", "loten", [1]), ("q", "LÖTEN", [1]), ("q", "lo\u{308}ten", [1]), ("q", "anfänger", [1]),
        ("q", "eclairs", [1]), ("q", "UNION", [2]), ("q", "three DAYS", [3]), ("q", "日本", [5]), ("q", "été", [5]),
        ("q", "ete", [5]), ("q", "nowhere", []), ("q", "r", [1, 2, 3, 4, 5]), ("q", "", [1, 2, 3, 4, 5]),
        ("title", "fair", [2]), ("title", "union", []), ("location", "union", [2]), ("location", "ＲＯＯＭ", [5]),
        ("location", "", [1, 2, 3, 4, 5]), ("description", "ECLAIRS", [1]), ("description", "room", []),
    ])
    func `texts are found whatever their case and accents`(name: String, text: String, numbers: [Int]) throws {
        try expect(numbers, for: [(name, text)])
    }

    @Test func `conditions add up`() throws {
        try expect([1], for: [("q", "o"), ("location", "17"), ("to", "2026-12-31")])
        try expect([], for: [("q", "fair"), ("location", "17")])
        try expect([3], for: [("date", "2027-01-22"), ("from", "2027-01-01")])
        try expect([], for: [("date", "2027-01-22"), ("from", "2027-01-23"), ("to", "2026-01-01")])
    }

    @Test func `limit and offset cut after the count`() throws {
        #expect(try found([("limit", "2")]) == ([1, 2].map(PageID.number), 5))
        #expect(try found([("limit", "2"), ("offset", "2")]) == ([4, 5].map(PageID.number), 5))
        #expect(try found([("offset", "4")]) == ([PageID.number(3)], 5))
        #expect(try found([("offset", "5")]) == ([], 5))
        #expect(try found([("offset", "2147483647"), ("limit", "1000")]) == ([], 5))
        #expect(try found([("q", "a"), ("limit", "1"), ("offset", "001")]).pages.count == 1)
    }

    @Test func `without parameters it is everything`() throws {
        let whole: [[(name: String, value: String)]] = [[], [("q", ""), ("offset", "0")], [("location", "")]]
        for parameters in whole { #expect(try EventsQuery.parse(parameters, timeZone: "UTC").isEmpty) }
        let parts: [[(name: String, value: String)]] = [[("limit", "1")], [("offset", "1")], [("date", "2026-12-01")]]
        for parameters in parts { #expect(try !EventsQuery.parse(parameters, timeZone: "UTC").isEmpty) }
        try expect([1, 2, 3, 4, 5], for: [])
    }

    // MARK: - Series

    /// Thursdays at 17:00 in Phoenix; the second one was moved to a Friday and renamed, the third cancelled.
    private static let weekly: DesiredEvent = {
        var event = Self.event(6, "Study hall", "2026-12-04T00:00:00Z", "2026-12-04T01:00:00Z", nil, nil)
        event.event[.recurrence] = .text("RRULE:FREQ=WEEKLY\nTZID:America/Phoenix")
        var moved = event.event
        moved.summary = "Elsewhere"
        (moved.start, moved.end) = (time("2026-12-12T00:00:00Z"), time("2026-12-12T01:00:00Z"))
        event.event.exceptions = [
            SeriesException(time("2026-12-11T00:00:00Z"), moved), SeriesException(time("2026-12-18T00:00:00Z"), nil),
        ]
        return event
    }()

    private func occurrences(
        _ parameters: [(name: String, value: String)],
        of organization: Organization = .sample(),
        at now: String = "2026-12-05T12:00:00Z"
    ) throws -> [ShownEvent] {
        let query = try EventsQuery.parse(parameters, timeZone: "America/Phoenix")
        let now = try #require(Timestamp(rfc3339: now))
        let span = SeriesSpan(of: organization, now: now)
        return query.apply(to: EventListing(prefix: "acm", events: [Self.weekly]), span).events
    }

    private func ids(_ events: [ShownEvent]) -> [String] { events.compactMap { $0.occurrence?.id.description } }

    @Test func `occurrences are told within the time that is asked for`() throws {
        let found = try occurrences([("from", "2026-12-01"), ("to", "2026-12-30")])
        #expect(ids(found) == ["2026-12-04T00:00:00Z", "2026-12-11T00:00:00Z", "2026-12-25T00:00:00Z"])
        #expect(found.map(\.event.summary) == ["Study hall", "Elsewhere", "Study hall"])
        #expect(found.map(\.event.start.description)[1] == "2026-12-12T00:00:00Z")
        #expect(found.allSatisfy { $0.occurrence?.lines == ["RRULE:FREQ=WEEKLY"] })
        // The day that it was moved to, not the one that it had.
        #expect(try ids(occurrences([("date", "2026-12-11")])) == ["2026-12-11T00:00:00Z"])
        #expect(try ids(occurrences([("date", "2026-12-10")])).isEmpty)
        #expect(try ids(occurrences([("q", "elsewhere"), ("to", "2027-12-31")])) == ["2026-12-11T00:00:00Z"])
    }

    @Test func `without that, from today to a year ahead, or within the window`() throws {
        let all = try occurrences([])
        #expect(ids(all).first == "2026-12-11T00:00:00Z" && ids(all).last == "2027-12-03T00:00:00Z", "\(ids(all))")
        var organization = Organization.sample()
        organization.window = DeclaredWindow(past: CalendarOffset(7, .day), future: CalendarOffset(1, .month))
        let inside = try ids(occurrences([], of: organization))
        #expect(inside.first == "2026-12-04T00:00:00Z" && inside.last == "2027-01-01T00:00:00Z", "\(inside)")
        #expect(try ids(occurrences([("from", "2030-01-01")])).count == 52)
        #expect(try ids(occurrences([("to", "2026-12-04")])) == ["2026-12-04T00:00:00Z"])
    }

    @Test func `at most a thousand of one series, and the feed has it whole`() throws {
        #expect(try occurrences([("from", "2026-01-01"), ("to", "2090-12-31")]).count == 1_000)
        let query = try EventsQuery.parse(
            [(name: "from", value: "2028-01-01"), (name: "q", value: "study")],
            timeZone: "America/Phoenix"
        )
        #expect(query.select(from: EventListing(prefix: "acm", events: [Self.weekly])) == [Self.weekly])
        let other = try EventsQuery.parse([(name: "to", value: "2026-11-30")], timeZone: "America/Phoenix")
        #expect(other.select(from: EventListing(prefix: "acm", events: [Self.weekly])).isEmpty)
    }
}
