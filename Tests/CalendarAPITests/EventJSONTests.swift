import Foundation
import JSON
import ReconcileModel
import Testing

@testable import CalendarAPI

/// What events look like on the wire, in both directions.
struct EventJSONTests {
    @Test func `a whole event has exactly these bytes`() throws {
        let body = EventBody(
            id: Sample.id,
            event: Sample.event,
            marks: Sample.marks,
            sourceURL: "https://app.notion.com/p/c6a58eb3550a5f90822fecec29ab49e6"
        )
        let json = #"""
            {"id":"c6a58eb3550a5f90822fecec29ab49e6","summary":"Parsing \"101\"\n\t\\ é 🎉\u0001","start":{"dateTime":"2026-12-01T18:00:00-07:00","timeZone":"America/Phoenix"},\#
            "end":{"dateTime":"2026-12-01T19:30:00-07:00","timeZone":"America/Phoenix"},\#
            "location":"Room 101","description":"a/b",\#
            "extendedProperties":{"private":{"notionPageId":"c6a58eb3-550a-5f90-822f-ecec29ab49e6",\#
            "reconcileOrg":"acm","reconcileHash":"ce7611e7481e75f085f6902050b40918"}},\#
            "source":{"url":"https://app.notion.com/p/c6a58eb3550a5f90822fecec29ab49e6",\#
            "title":"Parsing \"101\"\n\t\\ é 🎉\u0001"}}
            """#
        #expect(String(decoding: body.data, as: UTF8.self) == json)
        #expect((try? JSONSerialization.jsonObject(with: body.data)) != nil)
    }

    @Test func `reviving says that the event is confirmed`() throws {
        let body = EventBody(id: Sample.id, event: Sample.allDay, marks: Sample.bareMarks, revive: true)
        #expect(
            String(decoding: body.data, as: UTF8.self) == #"""
                {"id":"c6a58eb3550a5f90822fecec29ab49e6","status":"confirmed","summary":"Fair",\#
                "start":{"date":"2026-11-20"},"end":{"date":"2026-11-21"},\#
                "extendedProperties":{"private":{"notionPageId":"c6a58eb3-550a-5f90-822f-ecec29ab49e6"}}}
                """#
        )
    }

    @Test(arguments: [
        ([EventField.summary], #""summary":"Fair","#),
        ([.description, .location], #""location":null,"description":null,"#),
        ([.start], #""start":{"date":"2026-11-20","dateTime":null,"timeZone":null},"#),
        ([.end], #""end":{"date":"2026-11-21","dateTime":null,"timeZone":null},"#),
        ([], ""),
    ])
    func `a patch has the changed fields and the marks`(fields: [EventField], json: String) {
        let patch = EventPatch(fields: Set(fields), event: Sample.allDay, marks: Sample.bareMarks)
        let marks =
            #""extendedProperties":{"private":{"notionPageId":"c6a58eb3-550a-5f90-822f-ecec29ab49e6","reconcileStored":null,"reconcileSet":null}}}"#
        #expect(String(decoding: patch.data, as: UTF8.self) == "{\(json)\(marks)")
    }

    @Test func `a patch to a timed event deletes the date`() {
        let patch = EventPatch(fields: [.start], event: Sample.event, marks: Sample.bareMarks, revive: true)
        let json =
            #"{"status":"confirmed","start":{"date":null,"dateTime":"2026-12-01T18:00:00-07:00","timeZone":"America/Phoenix"},"#
        #expect(String(decoding: patch.data, as: UTF8.self).hasPrefix(json))
    }

    @Test(arguments: [
        ("2026-03-08T09:59:59Z", "America/Los_Angeles", "2026-03-08T01:59:59-08:00"),
        ("2026-03-08T10:00:00Z", "America/Los_Angeles", "2026-03-08T03:00:00-07:00"),
        ("2026-11-01T09:00:00Z", "America/Los_Angeles", "2026-11-01T01:00:00-08:00"),
        ("2026-11-01T08:00:00Z", "America/Los_Angeles", "2026-11-01T01:00:00-07:00"),
        ("2026-06-01T00:00:00Z", "Asia/Kolkata", "2026-06-01T05:30:00+05:30"),
        ("2026-01-01T00:00:00Z", "Europe/London", "2026-01-01T00:00:00Z"),
        // Before standard time: an offset with seconds, which cannot be written.
        ("1850-01-01T00:00:00Z", "America/Phoenix", "1850-01-01T00:00:00Z"),
    ])
    func `an instant is written with the zone's offset at that instant`(utc: String, zone: String, text: String) throws
    {
        let instant = try #require(Timestamp(rfc3339: utc))
        let json = EventTime.instant(instant).json(zone: zone)
        #expect(json == .object(of: ["dateTime": .string(text), "timeZone": .string(zone)]))
    }

    @Test(arguments: [nil, "Mars/Olympus"])
    func `without a zone that is known, an instant is written in UTC`(zone: String?) throws {
        let json = EventTime.instant(Timestamp(secondsSince1970: 0)).json(zone: zone)
        #expect(json == .object(of: ["dateTime": "1970-01-01T00:00:00Z"]))
    }

    @Test func `recorded events are read`() throws {
        let page = try JSONDecoder().decode(Page<GoogleEvent>.self, from: Fixture.data("events-page-1.json"))
        let events = try #require(page.items).map { $0.liveEvent() }
        #expect(events.count == 4)
        #expect(page.timeZone == "America/Phoenix")
        #expect(page.accessRole == "owner")
        #expect(page.nextPageToken != nil && page.nextSyncToken == nil)

        let timed = try #require(events.first { $0.id.rawValue == "c6a58eb3550a5f90822fecec29ab49e6" })
        let start = Timestamp(rfc3339: "2026-12-02T01:00:00Z").map(EventTime.instant)
        #expect(timed.event?.start == start)
        #expect(timed.event?.displayZone == "America/Phoenix")
        #expect(timed.event?.location == "Room 101")
        #expect(timed.marks == Sample.marks)
        #expect(timed.etag.rawValue == "\"3588331201800000\"")
        #expect(timed.created == "2026-10-02T07:00:06.000Z")

        let stranger = try #require(events.first { $0.id.rawValue == "3v8h1k0q9m2c7t5r6n4b1d8f0g" })
        #expect(stranger.marks == nil)
        #expect(stranger.event?.summary == "")
        #expect(stranger.event?.start != nil)
    }

    @Test func `recorded deleted events are read, also where only the id is left`() throws {
        let page = try JSONDecoder().decode(Page<GoogleEvent>.self, from: Fixture.data("events-incremental.json"))
        let bare = try #require(page.items?.first).liveEvent()
        #expect(bare.status == .cancelled && bare.event == nil && bare.marks == nil)
        let full = try JSONDecoder().decode(GoogleEvent.self, from: Fixture.data("event-cancelled.json")).liveEvent()
        #expect(
            full.status == .cancelled && full.marks?.organization == "acm" && full.event?.summary == "Cancelled picnic"
        )
    }

    @Test(arguments: [
        (#""start":{"date":"2026-01-01"},"end":{"date":"2026-01-02"}"#, "2026-01-01", "2026-01-02"),
        (#""start":{"date":"2026-12-31"},"end":{"date":"2026-12-31"}"#, "2026-12-31", "2027-01-01"),
        (
            #""start":{"dateTime":"2026-01-01T10:00:00.123+05:30"},"end":{"dateTime":"2026-01-01T04:30:00z"}"#,
            "2026-01-01T04:30:00Z", "2026-01-01T04:30:00Z"
        ),
        (#""start":{"date":"2026-02-30"},"end":{"date":"2026-03-01"}"#, nil, nil),
        (#""start":{"date":"2026-01-01"},"end":{"dateTime":"2026-01-02T00:00:00Z"}"#, nil, nil),
        (#""start":{"dateTime":"2026-01-01T10:00:00"},"end":{"dateTime":"2026-01-01T11:00:00"}"#, nil, nil),
        (#""start":17,"end":[]"#, nil, nil), (#""start":{"date":null},"end":{}"#, nil, nil), (#""x":1"#, nil, nil),
    ])
    func `times in every form`(json: String, start: String?, end: String?) throws {
        let event = try decoded("{\"id\":\"x\",\(json)}").liveEvent().event
        #expect(event.map { "\($0.start)" } == start)
        #expect(event.map { "\($0.end)" } == end)
    }

    @Test func `fields of unexpected kinds lose themselves and nothing else`() throws {
        let event = try decoded(
            #"""
            {"id":"x","etag":7,"status":{},"summary":["a"],"description":"","location":null,"created":1,"new":{"a":[1]},
             "start":{"date":"2026-01-01"},"end":{"date":"2026-01-02"},"recurrence":["RRULE:FREQ=DAILY"],
             "extendedProperties":{"private":{"notionPageId":"c6a58eb3-550a-5f90-822f-ecec29ab49e6","reconcileOrg":3}}}
            """#
        )
        #expect(event.isRecurring)
        let live = event.liveEvent()
        #expect(live.etag.rawValue == "" && live.status == .live && live.marks == Sample.bareMarks)
        #expect(live.event?.summary == "" && live.event?.description == nil && live.event?.location == nil)
    }

    @Test(arguments: [
        #"{"private":5}"#, "[]", #"{"shared":{"notionPageId":"x"}}"#, #"{"private":{"notionPageId":"no"}}"#,
    ])
    func `what is no page id is no mark`(properties: String) throws {
        #expect(try decoded("{\"id\":\"x\",\"extendedProperties\":\(properties)}").liveEvent().marks == nil)
    }

    @Test func `an event without an id is no event`() {
        #expect(throws: (any Error).self) { try decoded(#"{"etag":"x"}"#) }
    }

    private func decoded(_ json: String) throws -> GoogleEvent {
        try JSONDecoder().decode(GoogleEvent.self, from: Data(json.utf8))
    }
}

/// Events to send and to expect.
enum Sample {
    static let page = PageID(rawValue: "c6a58eb3-550a-5f90-822f-ecec29ab49e6")
    static let id = EventID(derivedFrom: page)
    static let bareMarks = EventMarks(page: page)
    static let marks = EventMarks(
        page: page,
        organization: "acm",
        hash: ContentHash(rawValue: "ce7611e7481e75f085f6902050b40918")
    )
    static let event = EventContent(
        summary: "Parsing \"101\"\n\t\\ é 🎉\u{1}",
        description: "a/b",
        location: "Room 101",
        start: .instant(Timestamp(secondsSince1970: 1_796_173_200)),
        end: .instant(Timestamp(secondsSince1970: 1_796_178_600)),
        displayZone: "America/Phoenix"
    )
    static let allDay = EventContent(summary: "Fair", start: .date(day(0)), end: .date(day(1)))

    private static func day(_ offset: Int) -> CivilDate { CivilDate(daysSince1970: 20_777 + offset) }
}
