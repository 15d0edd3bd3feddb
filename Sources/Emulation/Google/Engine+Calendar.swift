/// Who calls.
struct CalendarCaller {
    var email: String
    /// A service account in its own name: it may not invite anybody.
    var isServiceAccount: Bool
    var scopes: Set<String>
}

/// What a calendar request is about.
struct CalendarRoute {
    var method: CalendarMethod
    /// As in the path; `primary` is not resolved yet.
    var calendar = ""
    /// The event or rule.
    var item = ""

    init?(_ call: Call) {
        let path = Array(call.path.dropFirst(2))
        let verb = call.method
        switch (path.first, path.count) {
        case ("calendars", 1): self.init(verb, ["POST": .calendarsInsert])
        case ("calendars", 2):
            self.init(
                verb,
                ["GET": .calendarsGet, "PATCH": .calendarsPatch, "PUT": .calendarsUpdate, "DELETE": .calendarsDelete]
            )
        case ("calendars", 3) where path[2] == "clear": self.init(verb, ["POST": .calendarsClear])
        case ("calendars", 3) where path[2] == "acl": self.init(verb, ["GET": .aclList, "POST": .aclInsert])
        case ("calendars", 4) where path[2] == "acl":
            self.init(verb, ["GET": .aclGet, "PATCH": .aclPatch, "PUT": .aclUpdate, "DELETE": .aclDelete])
        case ("calendars", 3) where path[2] == "events": self.init(verb, ["GET": .eventsList, "POST": .eventsInsert])
        case ("calendars", 4) where path[2] == "events":
            self.init(verb, ["GET": .eventsGet, "PATCH": .eventsPatch, "PUT": .eventsUpdate, "DELETE": .eventsDelete])
        case ("calendars", 5) where path[2] == "events" && path[4] == "move": self.init(verb, ["POST": .eventsMove])
        case ("calendars", 5) where path[2] == "events" && path[4] == "instances":
            self.init(verb, ["GET": .eventsInstances])
        case ("users", 3) where path[2] == "calendarList":
            self.init(verb, ["GET": .calendarListList, "POST": .calendarListInsert])
        case ("users", 4) where path[2] == "calendarList":
            self.init(
                verb,
                [
                    "GET": .calendarListGet, "PATCH": .calendarListPatch, "PUT": .calendarListUpdate,
                    "DELETE": .calendarListDelete,
                ]
            )
        default: return nil
        }
        if path.first == "users" {
            calendar = path.dropFirst(3).first ?? ""
        } else {
            calendar = path.dropFirst().first ?? ""
        }
        item = path.dropFirst(3).first ?? ""
    }

    private init?(_ verb: String, _ methods: [String: CalendarMethod]) {
        guard let method = methods[verb] else { return nil }
        self.method = method
    }
}

extension Engine {
    /// Any request below `/calendar/v3`.
    mutating func answerCalendar(_ call: Call) throws(Refusal) -> Answer {
        let caller = try caller(of: call)
        guard let route = CalendarRoute(call) else { throw .notFound }
        guard CalendarScope.permits(caller.scopes, route.method) else {
            throw .insufficientScopes(method: route.method.rawValue)
        }
        if let limit = settings.googleUnitsPerMinute,
            !googleQuota.spend(route.method.units, by: caller.email, now: now, limit: limit)
        {
            throw .rateLimit(status: settings.googleQuotaStatus)
        }
        let selector = try call.parameter("fields").map { text throws(Refusal) in try FieldSelector(text) }
        guard let resource = try resource(for: call, route: route, caller: caller) else { return .noContent }
        let etag = resource["etag"]?.string
        if call.method == "GET", let etag, call.headers["if-none-match"] == etag {
            return Answer(status: 304, headers: ["ETag": etag])
        }
        return .json(
            selector?.apply(to: resource) ?? resource,
            indent: call.parameter("prettyPrint") == "false" ? nil : 1,
            headers: etag.map { ["ETag": $0] } ?? [:]
        )
    }

    /// Carries a routed request out; nil where the answer has no body.
    private mutating func resource(
        for call: Call,
        route: CalendarRoute,
        caller: CalendarCaller
    ) throws(Refusal) -> JSONValue? {
        let id = route.calendar == "primary" ? caller.email : route.calendar
        try refuseWhileFresh(id)
        switch route.method {
        case .calendarsInsert: return try insertCalendar(call, caller)
        case .calendarsGet: return try calendarResource(id, caller)
        case .calendarsPatch: return try changeCalendar(id, call, caller, merges: true)
        case .calendarsUpdate: return try changeCalendar(id, call, caller, merges: false)
        case .calendarsDelete: try deleteCalendar(id, call, caller)
        case .calendarsClear: try clearCalendar(id, caller)
        case .calendarListList: return try listCalendars(call, caller)
        case .calendarListGet: return try listEntry(id, caller)
        case .calendarListInsert: return try insertListEntry(call, caller)
        case .calendarListPatch: return try changeListEntry(id, call, caller, merges: true)
        case .calendarListUpdate: return try changeListEntry(id, call, caller, merges: false)
        case .calendarListDelete: try deleteListEntry(id, caller)
        case .aclList: return try listRules(id, call, caller)
        case .aclGet: return try ruleResource(id, route.item, caller)
        case .aclInsert: return try insertRule(id, call, caller)
        case .aclPatch, .aclUpdate: return try changeRule(id, route.item, call, caller)
        case .aclDelete: try deleteRule(id, route.item, call, caller)
        case .eventsList: return try listEvents(id, call, caller)
        case .eventsGet: return try eventResource(id, route.item, call, caller)
        case .eventsInstances: return try listInstances(id, route.item, call, caller)
        case .eventsInsert: return try insertEvent(id, call, caller)
        case .eventsPatch: return try changeEvent(id, route.item, call, caller, merges: true)
        case .eventsUpdate: return try changeEvent(id, route.item, call, caller, merges: false)
        case .eventsMove: return try moveEvent(id, route.item, call, caller)
        case .eventsDelete: try deleteEvent(id, route.item, call, caller)
        }
        return nil
    }

    private func caller(of call: Call) throws(Refusal) -> CalendarCaller {
        guard let header = call.headers["authorization"] else { throw .loginRequired }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", let token = tokens[String(parts[1])],
            token.expires > now / 1000, let account = world.google.accounts[token.email]
        else { throw .invalidCredentials }
        return CalendarCaller(
            email: token.email,
            isServiceAccount: account.key != nil && !token.isImpersonated,
            scopes: token.scopes
        )
    }

    /// A calendar that was just made may answer 403 or 404 for a moment.
    private mutating func refuseWhileFresh(_ id: String) throws(Refusal) {
        guard let left = freshCalendars[id], left > 0 else { return }
        freshCalendars[id] = left - 1
        throw settings.freshCalendarStatus == 403 ? .accessLevel("owner") : .notFound
    }

    /// The JSON object in the body.
    func object(_ call: Call) throws(Refusal) -> [String: JSONValue] {
        if call.body.isEmpty { return [:] }
        guard let value = try? JSONParser.parse(call.body), let object = value.object else { throw .parseError }
        return object
    }

    /// Checks that the caller may do something with a calendar.
    func require(_ role: AccessRole, of id: String, _ caller: CalendarCaller) throws(Refusal) {
        guard let calendar = world.google.calendars[id] else { throw .notFound }
        let granted = calendar.role(of: caller.email)
        guard granted > .none else { throw .notFound }
        guard granted >= role else { throw .accessLevel(role == .owner ? "owner" : "writer") }
    }

    func checkMatch(_ call: Call, _ etag: String) throws(Refusal) {
        guard let expected = call.headers["if-match"], expected != "*" else { return }
        guard expected == etag else { throw .preconditionFailed }
    }
}
