import NotionAPI
import Mapping
import ReconcileModel
import Testing

@Suite struct PageMapperTests {
    @Test func `the fixtures' pages become their events`() throws {
        let source = try Fixture.dataSource()
        let mapper = PageMapper(
            mapping: try SchemaMapping.resolve(PropertyMapping(), in: source),
            organization: Sample.organization()
        )
        let outcomes = try Fixture.pages("query-page").map(mapper.outcome)
        #expect(
            outcomes.map { $0.event?.summary } == [
                "Career fair", "SunHacks hackathon", "Compilers 101: parsing", "Remote Q&A with alumni", nil,
                outcomes[5].event?.summary,
            ]
        )
        #expect(
            outcomes.map { $0.event?.start.description } == [
                "2026-11-20", "2026-11-27", "2026-12-02T01:00:00Z", "2026-12-04T01:00:00Z", nil, "2026-12-05T01:30:00Z",
            ]
        )
        #expect(outcomes[1].event?.end.description == "2026-11-30")
        #expect(outcomes[0].event?.location == "Memorial Union")
        #expect(outcomes[1].event?.location == nil)
        #expect(outcomes[3].event?.displayZone == "America/Los_Angeles")
        #expect(outcomes[4] == .undated(try Fixture.pages("query-page")[4].id, title: "Untitled"))
        #expect(outcomes[5].warnings.map(\.code) == ["description_cut"])
        #expect(outcomes[5].event?.description?.unicodeScalars.count == 8_192)
        guard case .event(let first, let warnings) = outcomes[0] else {
            Issue.record("no event")
            return
        }
        #expect(warnings.isEmpty)
        #expect(first.lastEdited == "2026-11-03T21:04:00.000Z")

        let last = try Fixture.pages("query-last-page").map(mapper.outcome)
        #expect(last.flatMap(\.warnings).map(\.code) == ["date_invalid"])
        let trashed = try Fixture.page("page-trashed")
        #expect(mapper.outcome(for: trashed) == .trashed(trashed.id))
    }

    @Test func `pages in the trash and in the archive are no events`() {
        var page = Sample.page()
        page.isArchived = true
        #expect(Sample.outcome(of: page) == .archived(page.id))
        page.isInTrash = true
        #expect(Sample.outcome(of: page) == .trashed(page.id))
    }

    @Test(arguments: ["", "   ", "\n\t", "\u{0}\u{1}"])
    func `an empty title is shown as Untitled, with a warning`(title: String) {
        let outcome = Sample.outcome(of: Sample.page(title: .title(RichText(text: title))))
        #expect(outcome.event?.summary == "Untitled")
        #expect(outcome.warnings.map(\.code) == ["title_empty"])
        #expect(outcome.warnings.first?.page == Sample.page)
    }

    @Test(arguments: [
        ("Two\nlines", "Two lines"), ("a\r\nb", "a b"), ("a\u{0}b", "a b"), ("\ta\u{2028}b\n", "a b"),
        ("Fête 🎉", "Fête 🎉"),
        ("e\u{301}", "e\u{301}"), (" kept as it is ", " kept as it is "),
    ])
    func `a title is one line`(written: String, shown: String) throws {
        let summary = try #require(
            Sample.outcome(of: Sample.page(title: .title(RichText(text: written)))).event?.summary
        )
        #expect(Array(summary.unicodeScalars) == Array(shown.unicodeScalars))
    }

    private static let paragraphs: [(String, String?)] = [
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"), ("\u{0}a\u{7}\u{7F}b\u{85}", "ab"), ("\u{FEFF}é👩‍🚀", "\u{FEFF}é👩‍🚀"),
        ("\r\r\n\n", nil), (" \n", nil),
    ]

    @Test(arguments: paragraphs)
    func `descriptions keep their lines and lose control characters`(written: String, shown: String?) {
        let event = Sample.outcome(of: Sample.page(description: .richText(RichText(text: written)))).event
        #expect(event?.description.map { Array($0.unicodeScalars) } == shown.map { Array($0.unicodeScalars) })
    }

    @Test func `a page that Notion gave without properties is invalid, not absent`() {
        let outcome = Sample.outcome(of: NotionPage(id: Sample.page, isPartial: true))
        #expect(outcome.warnings.map(\.code) == ["page_partial"])
        #expect(outcome.event == nil)
    }

    @Test(arguments: ["Name", "Date", "Location", "Description"])
    func `a mapped property that is absent or unreadable makes its page invalid`(name: String) {
        var page = Sample.page()
        page.properties[name] = nil
        #expect(Sample.outcome(of: page).warnings.map(\.code) == ["property_absent"])

        page = Sample.page()
        page.properties[name]?.value = .malformed(.richText)
        #expect(
            Sample.outcome(of: page).warnings.map(\.code) == [name == "Date" ? "date_invalid" : "property_unreadable"]
        )
        #expect(Sample.outcome(of: page).event == nil)
    }

    @Test(arguments: [
        (Sample.page(title: .richText(RichText(text: "Talk"))), "property_unreadable"),
        (Sample.page(date: .createdTime("2026-11-01T18:05:00.000Z")), "date_invalid"),
        (Sample.page(date: .formula(.date(nil))), "date_invalid"),
        (Sample.page(location: .files([])), "property_unreadable"),
        (Sample.page(description: .checkbox(false)), "property_unreadable"),
    ])
    func `a value of another type than the schema's makes its page invalid`(page: NotionPage, code: String) {
        let outcome = Sample.outcome(of: page, mapping: Sample.mapping)
        #expect(outcome.event == nil)
        #expect(outcome.warnings.map(\.code) == [code])
    }

    @Test func `a page that Notion did not give whole is invalid, with the reason`() throws {
        let mapper = PageMapper(mapping: Sample.mapping, organization: Sample.organization())
        let outcome = mapper.outcome(forUnfinished: Sample.page(), because: "Notion answered with status 500.")
        guard case .invalid(Sample.page, title: "Talk", let warning, _) = outcome else {
            Issue.record("not invalid")
            return
        }
        #expect(warning.code == "page_unfinished")
        #expect(warning.message.hasSuffix("did not give a long value whole: Notion answered with status 500."))
    }

    @Test func `properties are known by id, whatever they are called now`() {
        var page = Sample.page(description: .richText(RichText(text: "Text")))
        page.properties["New name"] = page.properties.removeValue(forKey: "Description")
        #expect(Sample.outcome(of: page).event?.description == "Text")
    }

    @Test func `unmapped fields stay empty`() {
        let mapping = SchemaMapping(
            title: .column(Sample.property("Name", .title)),
            date: Sample.property("Date", .date)
        )
        let page = Sample.page(location: .richText(RichText(text: "Room")), description: .malformed(.richText))
        let event = Sample.outcome(of: page, mapping: mapping).event
        #expect(event?.location == nil)
        #expect(event?.description == nil)
    }

    @Test func `a long name is short in a warning`() throws {
        let page = Sample.page(
            title: .title(RichText(text: String(repeating: "x", count: 3_000))),
            date: .date(NotionDate(start: "?"))
        )
        #expect(try #require(Sample.outcome(of: page).warnings.first).message.count < 300)
    }
}

@Suite struct TextLimitTests {
    private func lengths(_ text: String) -> (title: Int, location: Int, description: Int, warnings: [String]) {
        let value = RichText(text: text)
        let outcome = Sample.outcome(
            of: Sample.page(title: .title(value), location: .richText(value), description: .richText(value))
        )
        let event = outcome.event
        return (
            event?.summary.unicodeScalars.count ?? -1, event?.location?.unicodeScalars.count ?? -1,
            event?.description?.unicodeScalars.count ?? -1, outcome.warnings.map(\.code).sorted()
        )
    }

    @Test(arguments: ["a", "é", "漢", "🎉", "e\u{301}"])
    func `limits count code points`(unit: String) {
        let size = unit.unicodeScalars.count
        let exact = lengths(String(repeating: unit, count: 8_192 / size))
        #expect(exact.description == 8_192)
        #expect(exact.warnings == ["location_cut", "title_cut"])
        let more = lengths(String(repeating: unit, count: 8_192 / size) + "a")
        #expect((more.title, more.location, more.description) == (1_024, 1_024, 8_192))
        #expect(more.warnings == ["description_cut", "location_cut", "title_cut"])
        #expect(lengths(String(repeating: unit, count: 1_024 / size)).warnings == [])
    }

    @Test func `no character is cut in two`() throws {
        // Family of four: seven code points, one character. 1,024 = 146 × 7 + 2.
        let cut = lengths(String(repeating: "👨‍👩‍👧‍👦", count: 200))
        #expect((cut.title, cut.location, cut.description) == (1_022, 1_022, 1_400))
        #expect(lengths("x" + String(repeating: "e\u{301}", count: 512)).title == 1_023)
    }

    @Test func `one character beyond all limits is cut all the same`() {
        let cut = lengths("e" + String(repeating: "\u{301}", count: 10_000))
        #expect((cut.title, cut.location, cut.description) == (1_024, 1_024, 8_192))
    }
}
