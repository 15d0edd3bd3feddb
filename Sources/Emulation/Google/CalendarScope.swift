/// Which OAuth scopes open which methods; any one of a set suffices.
///
/// <https://developers.google.com/workspace/calendar/api/auth>
enum CalendarScope {
    private static let prefix = "https://www.googleapis.com/auth/"

    static func isKnown(_ scope: String) -> Bool {
        guard scope.hasPrefix(prefix) else { return ["openid", "email", "profile"].contains(scope) }
        let name = scope.dropFirst(prefix.count)
        return known.contains(String(name)) || name.hasPrefix("userinfo.") || name == "cloud-platform"
    }

    static func permits(_ scopes: Set<String>, _ method: CalendarMethod) -> Bool {
        method.scopes.contains { scopes.contains(prefix + $0) }
    }

    private static let known = CalendarMethod.allCases.reduce(into: Set<String>()) { $0.formUnion($1.scopes) }
}

/// The methods of the API that are emulated; the raw value is the name in error details.
enum CalendarMethod: String, CaseIterable {
    case calendarsInsert = "Calendars.Insert"
    case calendarsGet = "Calendars.Get"
    case calendarsPatch = "Calendars.Patch"
    case calendarsUpdate = "Calendars.Update"
    case calendarsDelete = "Calendars.Delete"
    case calendarsClear = "Calendars.Clear"
    case calendarListList = "CalendarList.List"
    case calendarListGet = "CalendarList.Get"
    case calendarListInsert = "CalendarList.Insert"
    case calendarListPatch = "CalendarList.Patch"
    case calendarListUpdate = "CalendarList.Update"
    case calendarListDelete = "CalendarList.Delete"
    case aclList = "Acl.List"
    case aclGet = "Acl.Get"
    case aclInsert = "Acl.Insert"
    case aclPatch = "Acl.Patch"
    case aclUpdate = "Acl.Update"
    case aclDelete = "Acl.Delete"
    case eventsList = "Events.List"
    case eventsGet = "Events.Get"
    case eventsInstances = "Events.Instances"
    case eventsInsert = "Events.Insert"
    case eventsPatch = "Events.Patch"
    case eventsUpdate = "Events.Update"
    case eventsDelete = "Events.Delete"
    case eventsMove = "Events.Move"

    var scopes: Set<String> {
        switch self {
        case .calendarsInsert, .calendarsPatch, .calendarsUpdate, .calendarsDelete, .calendarsClear:
            ["calendar", "calendar.app.created", "calendar.calendars"]
        case .calendarsGet:
            [
                "calendar", "calendar.app.created", "calendar.calendars", "calendar.calendars.readonly",
                "calendar.readonly",
            ]
        case .calendarListList, .calendarListGet:
            ["calendar", "calendar.calendarlist", "calendar.calendarlist.readonly", "calendar.readonly"]
        case .calendarListInsert: ["calendar", "calendar.calendarlist"]
        case .calendarListPatch, .calendarListUpdate, .calendarListDelete:
            ["calendar", "calendar.app.created", "calendar.calendarlist"]
        case .aclInsert, .aclPatch, .aclUpdate, .aclDelete: ["calendar", "calendar.acls"]
        case .aclList: ["calendar", "calendar.acls", "calendar.acls.readonly"]
        case .aclGet: ["calendar", "calendar.acls", "calendar.acls.readonly", "calendar.readonly"]
        case .eventsInsert, .eventsPatch, .eventsUpdate, .eventsDelete: Self.eventWriters
        case .eventsMove: ["calendar", "calendar.events", "calendar.events.owned"]
        case .eventsGet, .eventsList, .eventsInstances:
            Self.eventWriters.union([
                "calendar.events.readonly", "calendar.events.owned.readonly", "calendar.events.public.readonly",
                "calendar.events.freebusy", "calendar.readonly",
            ])
        }
    }

    private static let eventWriters: Set = [
        "calendar", "calendar.app.created", "calendar.events", "calendar.events.owned",
    ]

    /// What a call costs in the per-minute quota.
    ///
    /// <https://developers.google.com/workspace/calendar/api/v3/reference/events/patch>
    var units: Int {
        switch self {
        case .eventsPatch, .calendarsPatch, .calendarListPatch, .aclPatch: 3
        default: 1
        }
    }
}
