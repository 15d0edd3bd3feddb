import NotionAPI
import Mapping
import ReconcileModel
import Testing

@Suite struct SchemaMappingTests {
    private static let name = Sample.property("Name", .title)
    private static let date = Sample.property("Date", .date)

    private func problem(_ mapping: PropertyMapping, _ properties: [PropertySchema]) -> Failure? {
        do throws(Failure) {
            _ = try SchemaMapping.resolve(mapping, in: Sample.dataSource(properties))
            return nil
        } catch { return error }
    }

    @Test func `the usual names are found in the fixture's schema`() throws {
        let mapping = try SchemaMapping.resolve(PropertyMapping(), in: try Fixture.dataSource())
        #expect(mapping.propertyIDs.map(\.written) == ["title", "%5BWk%3F", "b%7Dq%60", "iK%3DN"])
        #expect(mapping.managedFields == [.summary, .start, .end, .location, .description])
    }

    @Test(arguments: [
        ("Name", "Date"), ("title", "%5BWk%3F"), ("title", "[Wk?"), ("title", "Created"), ("Summary line", "Edited"),
        ("Name", "Summary line"), ("Name", "Venue names"),
    ])
    func `properties are declared by name or by id in either form`(title: String, date: String) throws {
        let mapping = try SchemaMapping.resolve(
            PropertyMapping([.summary: title, .start: date]),
            in: try Fixture.dataSource()
        )
        let column = try #require(mapping.title.column)
        #expect([column.name, column.id.written, column.id.decoded].contains(title))
        #expect([mapping.date.name, mapping.date.id.written, mapping.date.id.decoded].contains(date))
    }

    @Test(arguments: [
        ("Type", true), ("Tags", true), ("Status", true), ("Published", true), ("Link", true), ("Contact", true),
        ("Phone", true),
        ("Capacity", true), ("Hosts", true), ("Summary line", true), ("Venue names", true), ("Created", true),
        ("Created by", true),
        ("No.", true), ("Place", true), ("Date", true), ("Name", true), ("Description", true),
        ("Poster", false), ("Venue", false), ("Remind", false), ("Check", false),
    ])
    func `types with a text can give the location`(name: String, fits: Bool) throws {
        let source = try Fixture.dataSource()
        do throws(Failure) {
            let mapping = try SchemaMapping.resolve(PropertyMapping([.location: name]), in: source)
            #expect(fits)
            #expect(mapping.optional[.location]?.column?.name == name)
        } catch {
            #expect(!fits)
            #expect(error.code == "property_type")
        }
    }

    @Test func `location and description may be absent or unfit as long as nobody declared them`() throws {
        let bare = try SchemaMapping.resolve(PropertyMapping(), in: Sample.dataSource([Self.name, Self.date]))
        #expect(bare.managedFields == [.summary, .start, .end])
        let unfit = [
            Self.name, Self.date, Sample.property("Location", .relation), Sample.property("Description", .files),
        ]
        let mapping = try SchemaMapping.resolve(PropertyMapping(), in: Sample.dataSource(unfit))
        #expect(mapping.managedFields == [.summary, .start, .end])
        #expect(mapping.propertyIDs.map(\.written) == ["name", "date"])
        #expect(problem(PropertyMapping([.location: "Location"]), unfit)?.code == "property_type")
        #expect(problem(PropertyMapping([.description: "Text"]), unfit)?.code == "property_missing")
    }

    @Test func `the title is found by its type`() throws {
        let event = PropertySchema(id: PropertyID("title"), name: "Event", type: .title)
        let mapping = try SchemaMapping.resolve(PropertyMapping(), in: Sample.dataSource([Self.date, event]))
        #expect(mapping.title.column?.name == "Event")
        #expect(problem(PropertyMapping(), [Self.date])?.code == "property_missing")
    }

    @Test func `one property in two places is asked for once`() throws {
        let properties = PropertyMapping([.summary: "Name", .location: "Name", .description: "Name"])
        let mapping = try SchemaMapping.resolve(properties, in: Sample.dataSource([Self.name, Self.date]))
        #expect(mapping.propertyIDs.map(\.written) == ["name", "date"])
    }

    @Test func `the date cannot be its own end`() {
        var mapping = PropertyMapping()
        mapping.end = "Date"
        let failure = problem(mapping, [Self.name, Self.date])
        #expect(failure?.code == "property_conflict")
        #expect(failure?.message.contains("properties.end names \"Date\"") == true)
    }

    @Test func `a name goes before an id`() throws {
        let trap = PropertySchema(id: PropertyID("x"), name: "date", type: .date)
        let mapping = try SchemaMapping.resolve(
            PropertyMapping([.start: "date"]),
            in: Sample.dataSource([Self.name, Self.date, trap])
        )
        #expect(mapping.date == trap)
    }

    @Test func `a date without its usual name lists the properties that could be it`() throws {
        let properties = [
            Self.name, Sample.property("Begin", .date), Sample.property("End", .date), Sample.property("N", .number),
        ]
        let failure = try #require(problem(PropertyMapping(), properties))
        #expect(failure.code == "property_missing")
        #expect(failure.message.contains("There is no property \"Date\" in the Notion data source \"Events\""))
        #expect(failure.message.contains("\"Begin\" (date), \"End\" (date)."))
        #expect(!failure.message.contains("renamed"))
        #expect(failure.hint?.contains("properties.date") == true)
    }

    @Test func `a renamed and a misspelt property are guessed`() throws {
        let renamed = try #require(
            problem(PropertyMapping([.start: "Date"]), [Self.name, Sample.property("When", .date)])
        )
        #expect(renamed.message.contains("It was probably renamed to \"When\"."))
        let misspelt = try #require(
            problem(PropertyMapping([.start: "Dtae"]), [Self.name, Self.date, Sample.property("Due", .date)])
        )
        #expect(misspelt.message.contains("Did you mean \"Date\"?"))
        let otherCase = try #require(problem(PropertyMapping([.start: "DATE"]), [Self.name, Self.date]))
        #expect(otherCase.message.contains("Did you mean \"Date\"?"))
    }

    @Test func `a retyped property says what it is and what would fit`() throws {
        let failure = try #require(problem(PropertyMapping(), [Self.name, Sample.property("Date", .richText)]))
        #expect(failure.code == "property_type")
        #expect(failure.message.contains("The property \"Date\" of the Notion data source \"Events\""))
        #expect(failure.message.contains("has the type rich_text"))
        #expect(failure.message.contains("date, formula, rollup, created_time, last_edited_time"))
        #expect(failure.message.contains("It has no property that could be the date."))
    }
}
