/// A string that names something in a service. Encodes as the bare string, orders by it.
package protocol StringIdentifier: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible
where RawValue == String {}

extension StringIdentifier {
    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The id of an event in Google Calendar: 5 to 1,024 characters of `a`–`v` and `0`–`9`.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events#id>
package struct EventID: StringIdentifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a calendar in Google Calendar, often an address; opaque.
package struct CalendarID: StringIdentifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The version of a Google resource, quotes included; opaque.
package struct ETag: StringIdentifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// Whether both name one version. Of two that are not known nobody can say so.
    package func isSameVersion(as other: ETag) -> Bool { !rawValue.isEmpty && self == other }
}

/// A digest of the managed content of an event: 32 hexadecimal digits.
package struct ContentHash: StringIdentifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of an object in Notion: a UUID, always held in Notion's own form (lower case, with dashes).
package protocol NotionIdentifier: StringIdentifier {
    /// Takes the canonical form as it is; text written by people goes through `init(parsing:)`.
    init(rawValue: String)
}

extension NotionIdentifier {
    /// Reads an id as people write it: with or without dashes, in any case, or as a Notion URL.
    ///
    /// In a URL, `?v=` names a view and is never taken for the object's own id.
    package init?(parsing text: String) {
        guard let canonical = NotionUUID.canonicalForm(of: text) else { return nil }
        self.init(rawValue: canonical)
    }

    /// The 32 hexadecimal digits without dashes, as they stand in Notion's URLs.
    package var compact: String { rawValue.filter { $0 != "-" } }
}

/// The id of a Notion page; one page is one row of a data source.
package struct PageID: NotionIdentifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a Notion database, which holds one or more data sources.
package struct DatabaseID: NotionIdentifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a Notion data source: one table inside a database.
package struct DataSourceID: NotionIdentifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

extension DatabaseID {
    /// Whether an id that was declared, or that setup took from a declaration, means a database: people copy the id of the database or
    /// that of its data source, and only Notion can tell which it is.
    ///
    /// - Parameter dataSource: nil: not known.
    package func means(_ database: DatabaseID, _ dataSource: DataSourceID?) -> Bool {
        self == database || rawValue == dataSource?.rawValue
    }
}

extension EventID {
    /// The id that belongs to a page: its 32 hexadecimal digits, all legal in Google's alphabet.
    ///
    /// - Parameter generation: 0 for the page's own id; 1, 2, … for the successors that are used when
    ///   an id is taken by somebody else's event or can no longer be revived.
    package init(derivedFrom page: PageID, generation: Int = 0) {
        self.init(rawValue: generation == 0 ? page.compact : "\(page.compact)s\(generation)")
    }

    /// Whether it is the id of this page or a successor of it, which only we give.
    package func isDerived(from page: PageID) -> Bool {
        guard rawValue.hasPrefix(page.compact) else { return false }
        let rest = rawValue.dropFirst(page.compact.count)
        return rest.isEmpty || rest.first == "s" && Int(rest.dropFirst()).map { $0 > 0 } ?? false
    }

    /// Whether Google gave it to a part that was split off an event, or off the event of a page: `<id>_R20270401T170000`, as observed.
    package func isSplit(from event: EventID) -> Bool { rawValue.hasPrefix("\(event)_R") }

    package func isSplit(from page: PageID) -> Bool {
        rawValue.split(separator: "_").first.map { EventID(rawValue: String($0)).isDerived(from: page) } ?? false
            && rawValue.contains("_R")
    }

    /// Whether it looks as if it was derived from some page: Google's own are shorter, and have letters beyond f.
    package var isDerived: Bool {
        let digits = rawValue.prefix { $0.isHexDigit }
        let rest = rawValue.dropFirst(digits.count)
        return digits.count == 32 && (rest.isEmpty || rest.first == "s" && Int(rest.dropFirst()) != nil)
    }
}
