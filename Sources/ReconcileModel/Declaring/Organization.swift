/// A student organization as declared in one file of `orgs.d`, defaults filled in.
package struct Organization: Hashable, Codable, Sendable {
    /// `[a-z0-9][a-z0-9-_]*`, unique; names the organization in URLs and on the command line.
    package var prefix: String
    /// Prefixes it had before; each belongs to one organization, and none is declared.
    package var previously: [String] = []
    /// Shown to people.
    package var name: String
    package var isActive = true
    package var isSyncEnabled = false
    /// Where its events are planned; nil where nothing is declared, which is an error only once a sync is asked for.
    package var notion: NotionReference?
    /// Name or id of the data source; needed only where the database has several.
    package var dataSource: String?
    /// What it is reached with, where that is not what all are.
    package var credentials = Credentials()
    /// An existing calendar to use instead of creating one.
    package var googleCalendar: CalendarID?
    /// An IANA zone that the system knows.
    package var timeZone = "UTC"
    /// False where nobody named a zone, neither its declaration nor the defaults nor the environment.
    package var isTimeZoneNamed = true
    /// Nil: a calendar we create is named "<name> Events"; one given by id keeps its settings.
    package var calendar: CalendarSettings?
    package var properties = PropertyMapping()
    /// Which pages become events; nil: all that have a date.
    package var filter: EventFilter?
    /// Events outside of it are left alone; nil: none is.
    package var window: DeclaredWindow?
    /// Event settings by the value of a property; nil: none.
    package var templates: TemplateRules?
    /// Which pages are called off; nil: none.
    package var cancelled: CancelledRule?
    /// Which properties of pages are told what became of their events; nil: none.
    package var writeBack: WriteBack?
    /// For a datetime without end, in seconds; positive.
    package var defaultDuration = 3600
    package var deletions = DeletionPolicy.auto
    /// How often the service synchronizes it, in seconds, at least 60; nil: as often as the service does by default.
    package var syncInterval: Int?
    /// 0 to 100: deletes beyond this share of the organization's events are blocked.
    package var maxDeletePercent = 25
    package var source: SourceLocation

    /// As declared by two lines: everything else has what holds without it.
    package init(
        prefix: String,
        name: String,
        source: SourceLocation = SourceLocation(file: "", line: 1, column: 1)
    ) {
        self.prefix = prefix
        self.name = name
        self.source = source
    }
}

extension Organization {
    /// Whether its calendar may be written to, by any door.
    package var isEnabled: Bool { isActive && isSyncEnabled }

    /// What its calendar is called: as declared, or as a calendar that we create.
    package var calendarName: String { calendar?.name ?? "\(name) Events" }
}
