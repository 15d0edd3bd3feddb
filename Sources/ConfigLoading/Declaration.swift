import ReconcileModel

/// What one file says: every value optional until the defaults are filled in.
struct Declaration {
    /// Where the file's mapping begins.
    var location: SourceLocation
    /// Where the value of each key stands that is given at all, rightly or wrongly.
    var places: [DeclarationKey: SourceLocation] = [:]

    var prefix: String?
    /// In the order of the file, each with its place.
    var previously: [(prefix: String, location: SourceLocation)] = []
    var name: String?
    var isActive: Bool?
    var isSyncEnabled: Bool?
    var notion: NotionReference?
    var dataSource: String?
    var googleCalendar: CalendarID?
    var timeZone: String?
    var calendar: CalendarSettings?
    var properties = PropertyMapping()
    var defaultDuration: Int?
    var syncInterval: Int?
    var deletions: DeletionPolicy?
    var maxDeletePercent: Int?

    init(location: SourceLocation) { self.location = location }

    /// Fills in from `defaults` what is not given here; mappings are filled in key by key.
    func inheriting(from defaults: Declaration) -> Declaration {
        var result = self
        result.places.merge(defaults.places) { own, _ in own }
        result.isActive = isActive ?? defaults.isActive
        // A wrong value of its own is reported as such; the default in its place would ask for more keys.
        if places[.syncEnabled] == nil { result.isSyncEnabled = defaults.isSyncEnabled }
        result.timeZone = timeZone ?? defaults.timeZone
        result.calendar = Self.merged(calendar, defaults.calendar)
        result.properties = properties.inheriting(from: defaults.properties)
        result.defaultDuration = defaultDuration ?? defaults.defaultDuration
        result.syncInterval = syncInterval ?? defaults.syncInterval
        result.deletions = deletions ?? defaults.deletions
        result.maxDeletePercent = maxDeletePercent ?? defaults.maxDeletePercent
        return result
    }

    /// Nil without prefix or name.
    func organization(defaultTimeZone: String?) -> Organization? {
        guard let prefix, let name else { return nil }
        var organization = Organization(prefix: prefix, name: name, source: location)
        organization.previously = previously.map(\.prefix)
        organization.isActive = isActive ?? organization.isActive
        organization.isSyncEnabled = isSyncEnabled ?? organization.isSyncEnabled
        organization.notion = notion
        organization.dataSource = dataSource
        organization.googleCalendar = googleCalendar
        organization.timeZone = timeZone ?? defaultTimeZone ?? organization.timeZone
        organization.isTimeZoneNamed = (timeZone ?? defaultTimeZone) != nil
        organization.calendar = calendar
        organization.properties = properties
        organization.defaultDuration = defaultDuration ?? organization.defaultDuration
        organization.syncInterval = syncInterval
        organization.deletions = deletions ?? organization.deletions
        organization.maxDeletePercent = maxDeletePercent ?? organization.maxDeletePercent
        return organization
    }

    private static func merged(_ own: CalendarSettings?, _ defaults: CalendarSettings?) -> CalendarSettings? {
        guard let own, let defaults else { return own ?? defaults }
        return CalendarSettings(
            name: own.name ?? defaults.name,
            description: own.description ?? defaults.description
        )
    }
}

extension PropertyMapping {
    /// Fills in from `defaults` what is not given here; null is given, too.
    fileprivate func inheriting(from defaults: PropertyMapping) -> PropertyMapping {
        var result = self
        result.title = title ?? defaults.title
        result.date = date ?? defaults.date
        if location == nil, !leftToPeople.contains(.location) {
            result.location = defaults.location
            if defaults.leftToPeople.contains(.location) { result.leftToPeople.insert(.location) }
        }
        if description == nil, !leftToPeople.contains(.description) {
            result.description = defaults.description
            if defaults.leftToPeople.contains(.description) { result.leftToPeople.insert(.description) }
        }
        return result
    }
}
