import Foundation
import NotionAPI
import ReconcileModel
import Testing
import Transport

@Suite struct PageDecodingTests {
    private func pages(_ fixture: String) async throws -> [NotionPage] {
        var pages: [NotionPage] = []
        let last = try IncomingResponse.fixture("query-last-page")
        let transport = ScriptedTransport(answers: [try .fixture(fixture), last])
        _ = try await NotionClient(transport).pages(of: source, properties: []) { pages.append($0) }
        return pages
    }

    private func decode(_ json: String) throws -> NotionPage {
        try JSONDecoder().decode(NotionPage.self, from: Data(json.utf8))
    }

    /// The value of a page's only property.
    private func value(_ json: String) throws -> PropertyValue? {
        try decode(#"{"id":"\#(pageID(1))","properties":{"P":\#(json)}}"#).properties["P"]?.value
    }

    @Test func `an id that two properties have means the same one every time`() throws {
        let names = (1...20).map { "P\($0)" }
        for capacity in [0, 50, 500] {
            var page = NotionPage(id: pageID(1))
            page.properties.reserveCapacity(capacity)
            for name in names.shuffled() {
                page.properties[name] = PageProperty(id: PropertyID("%5Bx"), value: .url(name))
            }
            #expect(page.value(of: PropertyID("[x")) == .url("P1"))
        }
    }

    @Test func `every property type of a page is read`() async throws {
        let page = try #require(try await pages("query-page").first)
        let values = page.properties.mapValues(\.value)
        let ada = NotionUser(id: "5ee069d7-88da-51e9-a471-6cfe7f3fff0c", name: "Ada Okafor", email: "ada@example.org")
        let anonymous = NotionUser(id: "5ee069d7-88da-51e9-a471-6cfe7f3fff0c")
        #expect(page.createdTime == "2026-09-02T16:20:00.000Z")
        #expect(page.lastEditedTime == "2026-11-03T21:04:00.000Z")
        #expect(page.parent == NotionPage.Parent(type: "data_source_id", dataSource: source, database: database))
        var linked = RichText(text: "Forty employers, two floors. ")
        linked.append(RichText(text: "List of employers", address: "https://example.org/fair"))
        linked.append(RichText(text: "."))
        let expected: [String: PropertyValue] = [
            "Name": .title(RichText(text: "Career fair")),
            "Date": .date(NotionDate(start: "2026-11-20")),
            "Location": .select("Memorial Union"),
            "Description": .richText(linked),
            "Type": .select("Fair"),
            "Tags": .multiSelect(["Free food"]),
            "Status": .status("Public"),
            "Published": .checkbox(true),
            "Link": .url(nil),
            "Contact": .email("events@example.org"),
            "Phone": .phoneNumber(nil),
            "Capacity": .number(800),
            "Hosts": .people([ada]),
            "Poster": .files([]),
            "Venue": .relation([], hasMore: false),
            "Summary line": .formula(.string("Career fair, 2026-11-20")),
            "Venue names": .rollup(.array([])),
            "Created": .createdTime("2026-09-02T16:20:00.000Z"),
            "Edited": .lastEditedTime("2026-11-03T21:04:00.000Z"),
            "Created by": .createdBy(anonymous),
            "Edited by": .lastEditedBy(anonymous),
            "No.": .uniqueID(prefix: "EVT", number: 11),
            "Place": .place(
                NotionPlace(
                    name: "Memorial Union",
                    address: "301 E Orange St, Tempe, AZ 85281",
                    latitude: 33.4175,
                    longitude: -111.9342
                )
            ),
            "Remind": .button,
            "Check": .verification(state: "unverified"),
        ]
        for (name, value) in expected { #expect(values[name] == value, "\(name)") }
        #expect(values.count == expected.count)
    }

    @Test func `the fixtures' pages are all there, long text and mentions included`() async throws {
        let pages = try await pages("query-page")
        #expect(pages.count == 7)
        guard case .richText(let long)? = pages[5].properties["Description"]?.value else {
            Issue.record("no description")
            return
        }
        #expect(long.text.unicodeScalars.count == 9_207)
        guard case .richText(let mentions)? = pages[2].properties["Description"]?.value else {
            Issue.record("no description")
            return
        }
        #expect(mentions.mentions > 0)
        #expect(mentions.text.hasPrefix("Speaker: "))
    }

    @Test(arguments: [
        (#"{"id":"a","type":"number","number":42.5}"#, PropertyValue.number(42.5)),
        (#"{"id":"a","type":"number","number":null}"#, .number(nil)),
        (#"{"id":"a","type":"select","select":null}"#, .select(nil)),
        (#"{"id":"a","type":"status","status":null}"#, .status(nil)),
        (#"{"id":"a","type":"date","date":null}"#, .date(nil)),
        (
            #"{"id":"a","type":"date","date":{"start":"s","end":"e","time_zone":"z"}}"#,
            .date(NotionDate(start: "s", end: "e", timeZone: "z"))
        ),
        (#"{"id":"a","type":"date","date":{"start":"s"}}"#, .date(NotionDate(start: "s"))),
        (
            #"{"id":"a","type":"people","people":[{"object":"group","id":"g","name":"Board"}]}"#,
            .people([NotionUser(id: "g", name: "Board")])
        ),
        (
            #"{"id":"a","type":"files","files":[{"name":"p.png","type":"external"}]}"#,
            .files([NotionFile(name: "p.png")])
        ),
        (
            #"{"id":"a","type":"relation","relation":[{"id":"x"}],"has_more":true}"#,
            .relation([PageID(rawValue: "x")], hasMore: true)
        ),
        (#"{"id":"a","type":"relation","relation":[]}"#, .relation([], hasMore: nil)),
        (#"{"id":"a","type":"formula","formula":{"type":"number","number":3}}"#, .formula(.number(3))),
        (#"{"id":"a","type":"formula","formula":{"type":"boolean","boolean":true}}"#, .formula(.boolean(true))),
        (
            #"{"id":"a","type":"formula","formula":{"type":"date","date":{"start":"s"}}}"#,
            .formula(.date(NotionDate(start: "s")))
        ),
        (#"{"id":"a","type":"formula","formula":{"type":"date","date":null}}"#, .formula(.date(nil))),
        (#"{"id":"a","type":"formula","formula":{"type":"unsupported","unsupported":{}}}"#, .formula(.unsupported)),
        (#"{"id":"a","type":"formula","formula":{"type":"new","new":{}}}"#, .formula(.unsupported)),
        (#"{"id":"a","type":"rollup","rollup":{"type":"number","number":7,"function":"sum"}}"#, .rollup(.number(7))),
        (
            #"{"id":"a","type":"rollup","rollup":{"type":"date","date":{"start":"s"},"function":"f"}}"#,
            .rollup(.date(NotionDate(start: "s")))
        ),
        (
            #"{"id":"a","type":"rollup","rollup":{"type":"array","array":[{"type":"number","number":1}],"function":"f"}}"#,
            .rollup(.array([.number(1)]))
        ),
        (#"{"id":"a","type":"rollup","rollup":{"type":"unsupported","unsupported":{}}}"#, .rollup(.unsupported)),
        (#"{"id":"a","type":"rollup","rollup":{"type":"incomplete","incomplete":{}}}"#, .rollup(.incomplete)),
        (
            #"{"id":"a","type":"unique_id","unique_id":{"prefix":null,"number":null}}"#,
            .uniqueID(prefix: nil, number: nil)
        ),
        (#"{"id":"a","type":"place","place":null}"#, .place(nil)),
        (#"{"id":"a","type":"verification","verification":null}"#, .verification(state: nil)),
        (#"{"id":"a","type":"hologram","hologram":{"x":1}}"#, .unknown(PropertyType(rawValue: "hologram"))),
        (
            #"{"id":"a","type":"rich_text","rich_text":[{"type":"new_kind","plain_text":"x"}]}"#,
            .richText(RichText(text: "x"))
        ),
        (#"{"id":"a","type":"title","title":[{"type":"text","text":{"content":"y"}}]}"#, .title(RichText(text: "y"))),
        (
            #"{"id":"a","type":"title","title":[{"type":"equation","equation":{"expression":"e=1"}}]}"#,
            .title(RichText(text: "e=1"))
        ),
    ])
    func `values are read leniently`(json: String, value: PropertyValue) throws {
        #expect(try self.value(json) == value)
    }

    @Test(arguments: [
        ("number", #""text""#), ("checkbox", "null"), ("title", #""text""#), ("title", "null"), ("rich_text", "[{}]"),
        ("date", #"{"end":"x"}"#), ("date", #"{"start":"x","end":7}"#), ("date", #""2026-11-20""#), ("select", "{}"),
        ("multi_select", "null"), ("people", "{}"), ("relation", "[1]"), ("formula", "[]"), ("rollup", "null"),
        ("created_time", "5"), ("url", "{}"), ("place", "[]"), ("unique_id", "17"),
    ])
    func `a value of another shape is malformed and leaves the page alone`(type: String, json: String) throws {
        let page = try decode(
            #"{"id":"\#(pageID(1))","properties":{"P":{"id":"a","type":"\#(type)","\#(type)":\#(json)},"Q":{"id":"b","type":"number","number":1}}}"#
        )
        #expect(page.properties["P"]?.value == .malformed(PropertyType(rawValue: type)))
        #expect(page.properties["Q"]?.value == .number(1))
    }

    @Test(arguments: [#"{"id":"a","type":"date"}"#, #"{"id":"a"}"#, "7", "null"])
    func `a property without value or type is malformed`(json: String) throws {
        guard case .malformed? = try value(json) else {
            Issue.record("not malformed")
            return
        }
    }

    @Test func `archived stands in for a missing in_trash, and only then`() throws {
        #expect(try decode(#"{"id":"\#(pageID(1))","archived":true}"#).isInTrash)
        #expect(try !decode(#"{"id":"\#(pageID(1))","archived":true,"in_trash":false}"#).isInTrash)
        #expect(try !decode(#"{"id":"\#(pageID(1))","is_archived":true}"#).isInTrash)
        #expect(try decode(#"{"id":"\#(pageID(1))","is_archived":true}"#).isArchived)
    }

    @Test func `a page without properties is partial`() throws {
        #expect(try decode(#"{"object":"page","id":"\#(pageID(1))"}"#).isPartial)
        #expect(try !decode(#"{"object":"page","id":"\#(pageID(1))","properties":{}}"#).isPartial)
    }

    @Test(arguments: [
        (#"{"type":"workspace","workspace":true}"#, true), (#"{"type":"page_id","page_id":"x"}"#, true),
        (#"{"type":"agent_id"}"#, true), ("null", false), ("[]", false), (#"{"type":"data_source_id"}"#, false),
        (#"{"type":"database_id","database_id":"x"}"#, false), ("{}", false),
    ])
    func `parents that are no data source are read`(parent: String, isKnown: Bool) throws {
        let page = try decode(#"{"id":"\#(pageID(1))","parent":\#(parent),"properties":{}}"#)
        #expect(page.parent.isKnown == isKnown)
        #expect(page.parent.dataSource == nil)
        #expect(page.parent.database == nil)
    }

    @Test(arguments: ["5024642E878B5AB6933C151F3F76BB32", "5024642e-878b-5ab6-933c-151f3f76bb32"])
    func `ids come in one form`(written: String) throws {
        #expect(try decode(#"{"id":"\#(written)"}"#).id.rawValue == "5024642e-878b-5ab6-933c-151f3f76bb32")
    }
}
