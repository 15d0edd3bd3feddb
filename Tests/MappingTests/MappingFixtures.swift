import Foundation
import NotionAPI
import Mapping
import ReconcileModel

/// Answers of Notion as they are kept in files.
enum Fixture {
    static func dataSource() throws -> NotionDataSource {
        try JSONDecoder().decode(NotionDataSource.self, from: data("data-source"))
    }

    static func page(_ name: String) throws -> NotionPage {
        try JSONDecoder().decode(NotionPage.self, from: data(name))
    }

    /// The pages of a query's answer.
    static func pages(_ name: String) throws -> [NotionPage] {
        struct Answer: Decodable { let results: [NotionPage] }
        return try JSONDecoder().decode(Answer.self, from: data(name)).results
    }

    private static func data(_ name: String) throws -> Data {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try Data(contentsOf: folder.appending(path: "\(name).json"))
    }
}

/// Schemas and pages made by hand: a property's id is its name in lower case.
enum Sample {
    /// 20 November 2026, 03:00 in UTC: the evening before in Phoenix.
    static let now = Timestamp(secondsSince1970: 1_795_143_600)

    static let page = PageID(rawValue: "5024642e-878b-5ab6-933c-151f3f76bb32")

    static func property(_ name: String, _ type: PropertyType) -> PropertySchema {
        PropertySchema(id: PropertyID(name.lowercased()), name: name, type: type)
    }

    static func dataSource(_ properties: [PropertySchema]) -> NotionDataSource {
        NotionDataSource(id: DataSourceID(rawValue: "5146e588"), title: "Events", properties: properties)
    }

    static let mapping = SchemaMapping(
        title: .column(property("Name", .title)),
        date: property("Date", .date),
        optional: [
            .location: .column(property("Location", .richText)),
            .description: .column(property("Description", .richText)),
        ]
    )

    static func organization(zone: String = "America/Phoenix", defaultDuration: Int = 3600) -> Organization {
        var organization = Organization(prefix: "acm", name: "ACM")
        organization.timeZone = zone
        organization.defaultDuration = defaultDuration
        return organization
    }

    static func page(
        title: PropertyValue = .title(RichText(text: "Talk")),
        date: PropertyValue = .date(NotionDate(start: "2026-11-20")),
        location: PropertyValue = .richText(RichText(text: "")),
        description: PropertyValue = .richText(RichText(text: ""))
    ) -> NotionPage {
        let values = ["Name": title, "Date": date, "Location": location, "Description": description]
        let properties = values.map { name, value in
            (name, PageProperty(id: PropertyID(name.lowercased()), value: value))
        }
        var row = NotionPage(id: page, properties: Dictionary(uniqueKeysWithValues: properties))
        row.lastEditedTime = "2026-11-01T10:00:00.000Z"
        return row
    }

    /// - Parameter mapping: nil: a schema whose properties have the types that the page's values have.
    static func outcome(
        of page: NotionPage,
        mapping: SchemaMapping? = nil,
        organization: Organization = organization()
    ) -> PageOutcome {
        PageMapper(mapping: mapping ?? schema(of: page), organization: organization).outcome(for: page)
    }

    private static func schema(of page: NotionPage) -> SchemaMapping {
        SchemaMapping(
            title: column(mapping.title, of: page),
            date: column(mapping.date, of: page),
            optional: mapping.optional.mapValues { column($0, of: page) }
        )
    }

    private static func column(_ usual: TextSource, of page: NotionPage) -> TextSource {
        .column(column(usual.columns.first ?? mapping.date, of: page))
    }

    private static func column(_ usual: PropertySchema, of page: NotionPage) -> PropertySchema {
        property(usual.name, page.value(of: usual.id)?.type ?? usual.type)
    }
}

extension SchemaMapping {
    /// Of an organization that declares these properties and nothing else.
    static func resolve(
        _ properties: PropertyMapping,
        in source: NotionDataSource
    ) throws(Failure) -> SchemaMapping {
        var organization = Sample.organization()
        organization.properties = properties
        return try resolve(organization, in: source)
    }
}

extension TextSource {
    var column: PropertySchema? { columns.first }
}

extension PageMapper {
    init(mapping: SchemaMapping, organization: Organization) {
        self.init(mapping: mapping, organization: organization, now: Sample.now)
    }
}

extension PageOutcome {
    var event: EventContent? { if case .event(let desired, _) = self { desired.event } else { nil } }

    var hash: ContentHash? { if case .event(let desired, _) = self { desired.hash } else { nil } }

    /// Codes of the warnings, of an event or of an invalid page.
    var warnings: [Warning] {
        switch self {
        case .event(_, let warnings): warnings
        case .invalid(_, _, let warning, _): [warning]
        case .undated, .filteredOut, .cancelled, .trashed, .archived: []
        }
    }
}
