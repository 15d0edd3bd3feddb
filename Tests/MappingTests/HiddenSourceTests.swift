import NotionAPI
import Mapping
import ReconcileModel
import Testing

/// Rollups and formulas over something that is not shared with the integration look empty; that is no news.
@Suite struct HiddenSourceTests {
    private static let programme = PropertySchema(id: PropertyID("rel"), name: "Programme", type: .relation)

    private static func rollup(_ name: String = "Date") -> PropertySchema {
        PropertySchema(
            id: PropertyID(name.lowercased()),
            name: name,
            type: .rollup,
            sources: [.id(PropertyID("rel"))]
        )
    }

    private static func mapping(_ properties: [PropertySchema]) throws -> SchemaMapping {
        try SchemaMapping.resolve(
            PropertyMapping(),
            in: Sample.dataSource([Sample.property("Name", .title)] + properties)
        )
    }

    private static func page(_ values: [String: PropertyValue]) -> NotionPage {
        var page = NotionPage(id: Sample.page)
        page.properties["Name"] = PageProperty(id: PropertyID("name"), value: .title(RichText(text: "Talk")))
        for (name, value) in values {
            page.properties[name] = PageProperty(id: PropertyID(name.lowercased()), value: value)
        }
        return page
    }

    @Test(arguments: [PropertyValue.rollup(.array([])), .rollup(.date(nil)), .rollup(.array([.date(nil)]))])
    func `a date over a relation that is not shared is unknown when it is empty`(value: PropertyValue) throws {
        let page = Self.page(["Date": value])
        let hidden = Sample.outcome(of: page, mapping: try Self.mapping([Self.rollup()]))
        #expect(hidden.warnings.map(\.code) == ["source_hidden"])
        let shown = Sample.outcome(of: page, mapping: try Self.mapping([Self.rollup(), Self.programme]))
        #expect(shown == .undated(Sample.page, title: "Talk"))
    }

    @Test func `a date that is there counts, whatever is shared`() throws {
        let page = Self.page(["Date": .rollup(.date(NotionDate(start: "2027-01-02")))])
        #expect(Sample.outcome(of: page, mapping: try Self.mapping([Self.rollup()])).event != nil)
    }

    @Test func `a rollup without members, of a relation that has some, is unknown`() throws {
        let mapping = try Self.mapping([Self.rollup(), Self.programme])
        #expect(mapping.queriedIDs.contains(PropertyID("rel")))
        #expect(!mapping.propertyIDs.contains(PropertyID("rel")))
        var page = Self.page(["Date": .rollup(.array([]))])
        page.properties["Programme"] = PageProperty(id: PropertyID("rel"), value: .relation([], hasMore: false))
        #expect(Sample.outcome(of: page, mapping: mapping) == .undated(Sample.page, title: "Talk"))
        page.properties["Programme"]?.value = .relation([Sample.page], hasMore: false)
        #expect(Sample.outcome(of: page, mapping: mapping).warnings.map(\.code) == ["source_hidden"])
    }

    @Test func `the earliest of dates that are not shown is unknown`() throws {
        let mapping = try Self.mapping([Self.rollup(), Self.programme])
        var page = Self.page(["Date": .rollup(.date(nil))])
        page.properties["Programme"] = PageProperty(
            id: PropertyID("rel"),
            value: .relation([Sample.page], hasMore: false)
        )
        #expect(Sample.outcome(of: page, mapping: mapping).warnings.map(\.code) == ["source_hidden"])
    }

    @Test(arguments: [true, false])
    func `a formula over people who are not shown is unknown when it is empty`(isShown: Bool) throws {
        let host = PropertySchema(id: PropertyID("host"), name: "Host", type: .people)
        let location = PropertySchema(
            id: PropertyID("location"),
            name: "Location",
            type: .formula,
            sources: [.name("Host")]
        )
        let date = PropertySchema(id: PropertyID("date"), name: "Date", type: .date)
        let mapping = try Self.mapping([date, location, host])
        #expect(mapping.queriedIDs.contains(PropertyID("host")))
        let page = Self.page([
            "Date": .date(NotionDate(start: "2027-01-02")), "Location": .formula(.string("")),
            "Host": .people([NotionUser(id: "u1", name: isShown ? "Ada" : nil)]),
        ])
        let outcome = Sample.outcome(of: page, mapping: mapping)
        #expect(outcome.warnings.map(\.code) == (isShown ? [] : ["user_hidden"]), "\(outcome)")
    }

    @Test func `texts are as unknown as dates`() throws {
        let date = Sample.property("Date", .date)
        let page = Self.page([
            "Date": .date(NotionDate(start: "2027-01-02")), "Location": .rollup(.array([])),
        ])
        let hidden = Sample.outcome(of: page, mapping: try Self.mapping([date, Self.rollup("Location")]))
        #expect(hidden.warnings.map(\.code) == ["source_hidden"])
        let shown = try Self.mapping([date, Self.rollup("Location"), Self.programme])
        #expect(Sample.outcome(of: page, mapping: shown).event?.location == nil)
        #expect(Sample.outcome(of: page, mapping: shown).event != nil)
    }

    @Test func `a formula over a hidden rollup is as hidden, and circles end`() throws {
        let formula = PropertySchema(
            id: PropertyID("date"),
            name: "Date",
            type: .formula,
            sources: [.name("Date"), .name("Starts")]
        )
        let page = Self.page(["Date": .formula(.date(nil))])
        let hidden = try Self.mapping([formula, Self.rollup("Starts")])
        #expect(Sample.outcome(of: page, mapping: hidden).warnings.map(\.code) == ["source_hidden"])
        let shown = try Self.mapping([formula, Self.rollup("Starts"), Self.programme])
        #expect(Sample.outcome(of: page, mapping: shown) == .undated(Sample.page, title: "Talk"))
    }

    @Test func `warnings of one reason are one, with an example and what to do`() {
        func warning(_ code: String, _ message: String) -> Warning {
            Warning(code: code, message: message, page: Sample.page)
        }
        let gathered = GatheredWarning.gathered([
            warning("title_empty", "A."), warning("user_hidden", "B."), warning("user_hidden", "C."),
            warning("date_invalid", "D."), warning("user_hidden", "E."), warning("source_hidden", "F."),
        ])
        #expect(gathered.map(\.code) == ["title_empty", "user_hidden", "date_invalid", "source_hidden"])
        #expect(
            gathered[1].message.hasPrefix("B. So are 2 other pages. Give the integration the capability \"Read user")
        )
        #expect(gathered[1].page == nil)
        #expect(gathered[3].message.hasPrefix("F. Share the database"))
        #expect(gathered[3].page == Sample.page)
    }
}
