/// A student organization as declared in one file of `orgs.d`, defaults filled in.
package struct Organization: Hashable, Codable, Sendable {
    /// `[a-z0-9][a-z0-9-_]*`, unique; names the organization in URLs and on the command line.
    package var prefix: String
    /// Prefixes it had before; each belongs to one organization, and none is declared.
    package var previously: [String]
    /// Shown to people.
    package var name: String
    package var isActive: Bool
    package var isSyncEnabled: Bool
    /// Where its events are planned; nil where nothing is declared, which is an error only once a sync is asked for.
    package var notion: NotionReference?
    /// Name or id of the data source; needed only where the database has several.
    package var dataSource: String?
    /// An existing calendar to use instead of creating one.
    package var googleCalendar: CalendarID?
    /// An IANA zone that the system knows.
    package var timeZone: String
    /// False where nobody named a zone, neither its declaration nor the defaults nor the environment.
    package var isTimeZoneNamed: Bool
    /// Nil: a calendar we create is named "<name> Events"; one given by id keeps its settings.
    package var calendar: CalendarSettings?
    package var properties: PropertyMapping
    /// For a datetime without end, in seconds; positive.
    package var defaultDuration: Int
    package var deletions: DeletionPolicy
    /// How often the service synchronizes it, in seconds, at least 60; nil: as often as the service does by default.
    package var syncInterval: Int?
    /// 0 to 100: deletes beyond this share of the organization's events are blocked.
    package var maxDeletePercent: Int
    package var source: SourceLocation

    package init(
        prefix: String,
        previously: [String] = [],
        name: String,
        isActive: Bool = true,
        isSyncEnabled: Bool = false,
        notion: NotionReference? = nil,
        dataSource: String? = nil,
        googleCalendar: CalendarID? = nil,
        timeZone: String = "UTC",
        isTimeZoneNamed: Bool = true,
        calendar: CalendarSettings? = nil,
        properties: PropertyMapping = PropertyMapping(),
        defaultDuration: Int = 3600,
        syncInterval: Int? = nil,
        deletions: DeletionPolicy = .auto,
        maxDeletePercent: Int = 25,
        source: SourceLocation = SourceLocation(file: "", line: 1, column: 1)
    ) {
        (self.prefix, self.name, self.isActive, self.isSyncEnabled) = (prefix, name, isActive, isSyncEnabled)
        (self.notion, self.dataSource, self.googleCalendar) = (notion, dataSource, googleCalendar)
        (self.timeZone, self.isTimeZoneNamed) = (timeZone, isTimeZoneNamed)
        (self.calendar, self.properties) = (calendar, properties)
        (self.defaultDuration, self.syncInterval) = (defaultDuration, syncInterval)
        (self.deletions, self.maxDeletePercent) = (deletions, maxDeletePercent)
        (self.previously, self.source) = (previously, source)
    }
}

extension Organization {
    /// Whether its calendar may be written to, by any door.
    package var isEnabled: Bool { isActive && isSyncEnabled }

    /// What its calendar is called: as declared, or as a calendar that we create.
    package var calendarName: String { calendar?.name ?? "\(name) Events" }
}
