/// Sharing.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/acl>
extension Engine {
    func listRules(_ id: String, _ call: Call, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        try require(.writer, of: id, caller)
        guard let calendar = world.google.calendars[id] else { throw .notFound }
        var since: Int?
        if let text = call.parameter("syncToken") {
            guard let token = ListToken(text, list: "acl \(id)") else { throw .fullSyncRequired }
            since = token.since
        }
        let shown = calendar.rules.values
            .filter { (call.flag("showDeleted") || since != nil || !$0.isDeleted) && $0.changed > since ?? -1 }
            .sorted { $0.id < $1.id }
        let (page, token) = try ListPage.cut(
            shown,
            call,
            list: "acl \(id)",
            changed: world.google.lastChange,
            standard: 100,
            most: 250
        )
        var answer: JSONValue = [
            "kind": "calendar#acl",
            "etag": .string(OpaqueTag.quoted("acl \(id) \(world.google.lastChange)")),
            "items": .array(page.map(\.resource)),
        ]
        answer[token.name] = .string(token.text)
        return answer
    }

    func ruleResource(_ id: String, _ rule: String, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        try require(.writer, of: id, caller)
        try checkRuleID(rule)
        guard let rule = world.google.calendars[id]?.rules[rule], !rule.isDeleted else { throw .notFound }
        return rule.resource
    }

    mutating func insertRule(_ id: String, _ call: Call, _ caller: CalendarCaller) throws(Refusal) -> JSONValue? {
        try require(.owner, of: id, caller)
        let body = try object(call)
        guard let type = body["scope"]?["type"]?.string else { throw .required("Missing scope type.") }
        let value = body["scope"]?["value"]?.filledText
        guard ["default", "user", "group", "domain"].contains(type),
            (type == "default") == (value == nil) || type == "default"
        else { throw .calendar(400, "invalidScopeValue", "Invalid scope value.", domain: "calendar") }
        let rule = AccessRule(
            role: try role(in: body),
            scopeType: type,
            scopeValue: type == "default" ? nil : value,
            changed: 0
        )
        return try store(rule, in: id, caller)
    }

    mutating func changeRule(
        _ id: String,
        _ ruleID: String,
        _ call: Call,
        _ caller: CalendarCaller
    ) throws(Refusal) -> JSONValue? {
        try require(.owner, of: id, caller)
        try checkRuleID(ruleID)
        guard var rule = world.google.calendars[id]?.rules[ruleID], !rule.isDeleted else { throw .notFound }
        try checkMatch(call, rule.etag)
        let body = try object(call)
        if call.method == "PUT" || body["role"] != nil { rule.role = try role(in: body) }
        return try store(rule, in: id, caller)
    }

    mutating func deleteRule(
        _ id: String,
        _ ruleID: String,
        _ call: Call,
        _ caller: CalendarCaller
    ) throws(Refusal) {
        try require(.owner, of: id, caller)
        try checkRuleID(ruleID)
        guard var rule = world.google.calendars[id]?.rules[ruleID], !rule.isDeleted else { throw .notFound }
        try checkMatch(call, rule.etag)
        (rule.role, rule.isDeleted) = (.none, true)
        _ = try store(rule, in: id, caller)
    }

    private mutating func store(
        _ rule: AccessRule,
        in id: String,
        _ caller: CalendarCaller
    ) throws(Refusal) -> JSONValue? {
        if rule.scopeType == "user", rule.scopeValue == caller.email {
            throw .calendar(403, "cannotChangeOwnAcl", "Cannot change your own access level.", domain: "calendar")
        }
        if rule.scopeType == "user", rule.scopeValue == world.google.calendars[id]?.dataOwner {
            throw .calendar(
                403,
                "cannotChangeOwnerAcl",
                "Cannot change the access level of the owner.",
                domain: "calendar"
            )
        }
        if rule.scopeType == "default", rule.role > .reader {
            throw .calendar(403, "illegalAccessRoleForDefault", "Illegal access role for default.", domain: "calendar")
        }
        var rule = rule
        rule.isDeleted = rule.role == .none
        rule.changed = world.google.stamp(now)
        world.google.calendars[id]?.rules[rule.id] = rule
        // Who may see what has changed: every sync token is worth nothing now.
        world.google.calendars[id]?.syncEpoch += 1
        world.serial += 1
        return rule.resource
    }

    private func role(in body: [String: JSONValue]) throws(Refusal) -> AccessRole {
        guard let text = body["role"]?.string else { throw .required("Missing role.") }
        guard let role = AccessRole(rawValue: text) else { throw .invalid("Invalid Value") }
        return role
    }

    private func checkRuleID(_ id: String) throws(Refusal) {
        let parts = id.split(separator: ":", maxSplits: 1)
        let isWellFormed = parts.count == 2 ? ["user", "group", "domain"].contains(parts[0]) : id == "default"
        guard isWellFormed else { throw .invalidID }
    }
}

extension AccessRule {
    /// Twenty digits.
    var etag: String {
        "\"\(String(repeating: "0", count: max(0, 20 - String(changed * 1000).count)))\(changed * 1000)\""
    }

    var resource: JSONValue {
        let value = scopeType == "default" ? "__public_principal__@public.calendar.google.com" : scopeValue ?? ""
        return [
            "kind": "calendar#aclRule",
            "etag": .string(etag),
            "id": .string(id),
            "scope": ["type": .string(scopeType), "value": .string(value)],
            "role": .string(isDeleted ? "none" : role.rawValue),
        ]
    }
}

/// Paging of short lists.
enum ListPage {
    /// The page that a call asks for, and the token that follows it.
    static func cut<Item>(
        _ items: [Item],
        _ call: Call,
        list: String,
        changed: Int,
        standard: Int,
        most: Int
    ) throws(Refusal) -> ([Item], token: (name: String, text: String)) {
        let size = call.parameter("maxResults").map { Int($0) ?? 0 } ?? standard
        guard size > 0 else {
            throw .invalidParameter("maxResults", "Invalid Value")
        }
        var since = changed
        var offset = 0
        if let text = call.parameter("pageToken") {
            guard let token = ListToken(text, list: "\(list) page"), let start = token.offset else {
                throw .invalidParameter("pageToken", "Invalid page token value.")
            }
            (since, offset) = (token.since, start)
        }
        let page = Array(items.dropFirst(offset).prefix(min(size, most)))
        guard offset + page.count < items.count else {
            return (page, ("nextSyncToken", ListToken(list: list, epoch: 0, since: since).text))
        }
        let next = ListToken(list: "\(list) page", epoch: 0, since: since, offset: offset + page.count)
        return (page, ("nextPageToken", next.text))
    }
}
