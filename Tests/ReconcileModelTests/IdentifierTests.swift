import ReconcileModel
import Testing
import TestSupport

/// Ids of Notion in every written form, and the ids of events that follow from them.
struct IdentifierTests {
    private static let dashed = "6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e"
    private static let compact = "6cfb47c10c055d6dbf2411c6f27fc36e"
    private static let view = "11111111222233334444555555555555"

    @Test(arguments: [
        dashed, compact, dashed.uppercased(), compact.uppercased(), "  \(dashed)\n",
        "https://www.notion.so/\(compact)", "https://www.notion.so/asusoda/Events-\(compact)",
        "https://www.notion.so/asusoda/\(compact)?v=\(view)",
        "https://www.notion.so/Events-of-2026-\(compact)?v=\(view)&pvs=4",
        "https://app.notion.com/p/\(compact)", "https://app.notion.com/p/Title-\(compact)",
        "https://www.notion.so/\(dashed)",
        "https://www.notion.so/\(compact)#\(view)", "https://www.notion.so/\(compact)/", "www.notion.so/\(compact)",
        "https://www.notion.so/asusoda/Events?p=\(compact)&pm=s", "https://www.notion.so/x?page_id=\(dashed)",
        "https://www.notion.so/x?v=\(view)&database_id=\(compact)", "https://www.notion.so/\(compact.uppercased())",
        "https://asusoda.notion.site/Caf%C3%A9-\(compact)", "notion://www.notion.so/asusoda/\(compact)",
        "collection://\(dashed)",
        "Events-\(compact)", "Events-of-2026-\(compact.uppercased())", " Events-\(compact)?v=\(view)",
        "Events-\(dashed)", "Events-\(compact)#\(view)", "https://app.notion.com/p/Events-\(dashed)",
        "https://app.notion.com/p/Events-of-2026-\(dashed.uppercased())?v=\(view)&pvs=4",
    ])
    func `every written form is read`(text: String) {
        #expect(DatabaseID(parsing: text)?.rawValue == Self.dashed)
        #expect(PageID(parsing: text)?.compact == Self.compact)
    }

    @Test(arguments: [
        "", "Events", "6cfb47c1-0c05-5d6d-bf24", compact + "0", String(compact.dropLast()),
        "6cfb47c1_0c05_5d6d_bf24_11c6f27fc36e",
        "gcfb47c10c055d6dbf2411c6f27fc36e", "６cfb47c10c055d6dbf2411c6f27fc36e", "https://www.notion.so/",
        "https://www.notion.so/asusoda",
        "https://www.notion.so/?v=\(view)", "https://www.notion.so/asusoda?v=\(view)&pvs=4", "?v=\(view)", "?p=",
        "6cfb47c1-0c055d6d-bf24-11c6-f27fc36e",
        "Events\(compact)", "Events_\(dashed)", "Events-\(compact)0", "Events-\(compact)-2026", "v=\(view)",
        "p=\(compact)", "Events?v=\(view)", "Events#-\(view)",
        "https://app.notion.com/p/Events-6cfb47c1-0c055d6d-bf24-11c6-f27fc36e",
    ])
    func `what holds no id is refused, and a view is none`(text: String) { #expect(DatabaseID(parsing: text) == nil) }

    @Test(arguments: [0, 1, 2, 10])
    func `the ids that follow from a page are legal and distinct`(generation: Int) throws {
        var seen: Set<EventID> = []
        for number in [0, 1, 255, 0xFFFF_FFFF] {
            let id = EventID(derivedFrom: .number(number), generation: generation)
            #expect(id.rawValue.allSatisfy { ("a"..."v").contains($0) || ("0"..."9").contains($0) })
            #expect((5...1_024).contains(id.rawValue.count))
            seen.insert(id)
        }
        #expect(seen.count == 4)
    }

    @Test func `the page's own id is its digits`() throws {
        let page = try #require(PageID(parsing: Self.dashed))
        #expect(EventID(derivedFrom: page).rawValue == Self.compact)
        #expect(EventID(derivedFrom: page, generation: 2).rawValue == "\(Self.compact)s2")
    }

    @Test func `ids are ordered as text`() {
        #expect([PageID.number(10), .number(2)].sorted() == [.number(2), .number(10)])
        #expect("\(EventID(rawValue: "abc"))" == "abc")
    }
}
