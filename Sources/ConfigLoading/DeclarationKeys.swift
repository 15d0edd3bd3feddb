/// The keys of one mapping of a declaration.
protocol DeclarationKeys: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
    /// Known, with a meaning to come: refused by name, so that nobody believes it works.
    var isSupported: Bool { get }
}

/// The keys at the top of a declaration.
enum DeclarationKey: String, DeclarationKeys {
    case prefix, previously, name, active
    case syncEnabled = "sync_enabled"
    case notionDatabaseID = "notion_database_id"
    case dataSource = "data_source"
    case googleCalendarID = "google_calendar_id"
    case timezone, calendar, properties, filter, window
    case defaultDuration = "default_duration"
    case syncInterval = "sync_interval"
    case templates, deletions, safety

    var isSupported: Bool {
        switch self {
        case .filter, .window, .templates: false
        default: true
        }
    }

    /// Whether `_defaults.yaml` may hold it. What identifies an organization cannot be shared.
    var mayBeDefault: Bool {
        switch self {
        case .prefix, .previously, .name, .notionDatabaseID, .dataSource, .googleCalendarID: false
        default: true
        }
    }
}

/// The keys of `calendar:`.
enum CalendarKey: String, DeclarationKeys {
    case name, description, sharing

    var isSupported: Bool { self != .sharing }
}

/// The keys of `properties:`.
enum PropertyKey: String, DeclarationKeys {
    case title, date, location, description

    var isSupported: Bool { true }
}

/// The keys of `safety:`.
enum SafetyKey: String, DeclarationKeys {
    case maxDeletePercent = "max_delete_percent"

    var isSupported: Bool { true }
}
