package import ReconcileModel

/// What a page holds in one of its properties. Nil and empty lists stand for "not set".
///
/// <https://developers.notion.com/reference/page-property-values>
package indirect enum PropertyValue: Hashable, Sendable {
    case title(RichText)
    case richText(RichText)
    case number(Double?)
    /// The option's name, as also for `multiSelect` and `status`.
    case select(String?)
    case multiSelect([String])
    case status(String?)
    case date(NotionDate?)
    case checkbox(Bool)
    case url(String?)
    case email(String?)
    case phoneNumber(String?)
    case people([NotionUser])
    case files([NotionFile])
    /// `hasMore`: there are pages beyond those listed; nil where Notion does not say.
    case relation([PageID], hasMore: Bool?)
    case formula(FormulaValue)
    case rollup(RollupValue)
    /// An RFC 3339 time in UTC, as also `lastEditedTime`.
    case createdTime(String)
    case lastEditedTime(String)
    case createdBy(NotionUser)
    case lastEditedBy(NotionUser)
    case uniqueID(prefix: String?, number: Int?)
    case place(NotionPlace?)
    case button
    /// `verified`, `expired`, `unverified`, or nil.
    case verification(state: String?)
    /// A type that did not exist when this was written.
    case unknown(PropertyType)
    /// A known type whose value has another shape than the API promises.
    case malformed(PropertyType)
}

extension PropertyValue {
    /// The type that Notion names beside the value.
    package var type: PropertyType {
        switch self {
        case .title: .title
        case .richText: .richText
        case .number: .number
        case .select: .select
        case .multiSelect: .multiSelect
        case .status: .status
        case .date: .date
        case .checkbox: .checkbox
        case .url: .url
        case .email: .email
        case .phoneNumber: .phoneNumber
        case .people: .people
        case .files: .files
        case .relation: .relation
        case .formula: .formula
        case .rollup: .rollup
        case .createdTime: .createdTime
        case .lastEditedTime: .lastEditedTime
        case .createdBy: .createdBy
        case .lastEditedBy: .lastEditedBy
        case .uniqueID: .uniqueID
        case .place: .place
        case .button: .button
        case .verification: .verification
        case .unknown(let type), .malformed(let type): type
        }
    }
}

/// What a formula gives.
package enum FormulaValue: Hashable, Sendable {
    case string(String?)
    case number(Double?)
    case boolean(Bool?)
    case date(NotionDate?)
    /// Notion cannot compute it for the API, or gives a type that did not exist when this was written.
    case unsupported
}

/// What a rollup gives.
package enum RollupValue: Hashable, Sendable {
    case number(Double?)
    case date(NotionDate?)
    case array([PropertyValue])
    /// As for a formula.
    case unsupported
    /// Only the property endpoint has the whole value.
    case incomplete
}

/// A day, an instant, or a range of either, as Notion writes it.
///
/// An end that is a day belongs to the range. With a `timeZone`, start and end are wall times of that zone.
/// <https://developers.notion.com/reference/page-property-values#date>
package struct NotionDate: Hashable, Sendable {
    package var start: String
    package var end: String?
    /// An IANA name; real answers have nil and an offset in `start`.
    package var timeZone: String?

    package init(start: String, end: String? = nil, timeZone: String? = nil) {
        (self.start, self.end, self.timeZone) = (start, end, timeZone)
    }
}

/// A person, a bot or a group. Names and addresses are there only with the capability to read users.
package struct NotionUser: Hashable, Sendable {
    package var id: String
    package var name: String?
    package var email: String?

    package init(id: String, name: String? = nil, email: String? = nil) {
        (self.id, self.name, self.email) = (id, name, email)
    }

    /// Whether Notion tells who it is. Without the capability to read users it gives the id alone, as of people who left.
    package var isShown: Bool { !(name ?? "").allSatisfy(\.isWhitespace) || !(email ?? "").allSatisfy(\.isWhitespace) }
}

/// A file of a page; its address is not kept, since it expires within the hour.
package struct NotionFile: Hashable, Sendable {
    package var name: String?

    package init(name: String? = nil) { self.name = name }
}

/// A point on the map.
package struct NotionPlace: Hashable, Sendable {
    package var name: String?
    package var address: String?
    /// In degrees, north positive, as also `longitude`, east positive.
    package var latitude: Double?
    package var longitude: Double?

    package init(
        name: String? = nil,
        address: String? = nil,
        latitude: Double? = nil,
        longitude: Double? = nil
    ) {
        (self.name, self.address, self.latitude, self.longitude) = (name, address, latitude, longitude)
    }
}
