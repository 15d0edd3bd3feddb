extension Failure {
    /// Which failure it is, for programs. Stable, lower case with underscores, and begins with what it is about:
    /// `notion_unauthorized`, `calendar_not_found`.
    package struct Code: RawRepresentable, Hashable, Codable, ExpressibleByStringLiteral, Sendable {
        package var rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        package init(stringLiteral value: String) { rawValue = value }
    }
}

/// Those that something is decided by. A code that is only shown stands where its failure is made.
extension Failure.Code {
    package static let calendarForbidden: Self = "calendar_forbidden"
    package static let calendarHidden: Self = "calendar_hidden"
    package static let calendarNotFound: Self = "calendar_not_found"
    package static let calendarOfAnotherDatabase: Self = "calendar_of_another_database"
    package static let notionDatabaseChanged: Self = "notion_database_changed"
    package static let notionDataSourceChanged: Self = "notion_data_source_changed"
    package static let organizationNotRegistered: Self = "organization_not_registered"
    package static let prefixReused: Self = "prefix_reused"
}

extension Failure.Code {
    /// What a failure is about, as far as something is decided by that.
    package enum Subject: String, Sendable {
        case calendar
        case google
        case notion
        case property
        case sharing
        case state
    }

    /// Told by the word that the code begins with; nil for all others.
    package var subject: Subject? {
        rawValue.firstIndex(of: "_").flatMap { Subject(rawValue: String(rawValue[..<$0])) }
    }
}
