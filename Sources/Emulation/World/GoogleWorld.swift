/// Accounts and calendars.
package struct GoogleWorld: Codable, Sendable {
    /// By e-mail address.
    package var accounts: [String: GoogleAccount] = [:]
    /// By calendar id; a deleted calendar is gone without a trace, as in the real service.
    package var calendars: [String: GoogleCalendar] = [:]
    /// The latest `updated` handed out, in milliseconds since 1970.
    package var lastChange = 0

    /// A time for `updated`: now, but later than every one before it, since an etag must never repeat.
    package mutating func stamp(_ now: Int) -> Int {
        lastChange = max(now, lastChange + 1)
        return lastChange
    }
}

/// A person or a service account.
package struct GoogleAccount: Codable, Sendable {
    package var email: String
    /// Set for a service account.
    package var key: ServiceAccountKey?
    /// The users that a service account may act as (domain-wide delegation).
    package var delegators: Set<String> = []
    /// What `calendarList.list` shows, by calendar id.
    package var calendarList: [String: CalendarListEntry] = [:]

    package init(email: String, key: ServiceAccountKey? = nil) { (self.email, self.key) = (email, key) }
}

/// A calendar as one account sees it in its list.
package struct CalendarListEntry: Codable, Sendable {
    /// Position in the list: entries are listed in the order in which they were added.
    var order: Int
    /// When the entry itself last changed, in milliseconds since 1970.
    var changed: Int
    package var isHidden = false
    package var isDeleted = false
    /// What the account itself set: `summaryOverride`, colours, `selected`, `defaultReminders`…
    var fields: [String: JSONValue] = [:]
}

/// A calendar, its sharing and its events.
package struct GoogleCalendar: Codable, Sendable {
    package let id: String
    package var summary: String
    package var description: String?
    package var location: String?
    package var timeZone: String
    /// The e-mail of the account that made it; only that account may delete it.
    package var dataOwner: String
    package var isPrimary = false
    /// When its own fields last changed, in milliseconds since 1970.
    package var changed: Int
    /// By rule id (`user:a@example.com`, `default`).
    package var rules: [String: AccessRule] = [:]
    /// By event id; a deleted event stays, cancelled.
    package internal(set) var events: [String: GoogleEvent] = [:]
    /// Event ids in the order in which they were added: what makes paging cheap and stable.
    var order: [String] = []
    /// Sync tokens of an earlier epoch are answered with 410; a change of the sharing begins a new one.
    package var syncEpoch = 0
    /// Members of the resource without meaning here, such as `autoAcceptInvitations`.
    var fields: [String: JSONValue] = [:]

    init(id: String, summary: String, timeZone: String, dataOwner: String, changed: Int) {
        (self.id, self.summary, self.timeZone) = (id, summary, timeZone)
        (self.dataOwner, self.changed) = (dataOwner, changed)
    }

    /// Adds or replaces an event.
    mutating func store(_ event: GoogleEvent) {
        if events.updateValue(event, forKey: event.id) == nil { order.append(event.id) }
    }

    /// The events that are not cancelled.
    package var liveEvents: [GoogleEvent] { order.compactMap { events[$0] }.filter { !$0.isCancelled } }
}

/// A rule of a calendar's access control list.
package struct AccessRule: Codable, Sendable {
    package var role: AccessRole
    /// `default`, `user`, `group` or `domain`.
    package var scopeType: String
    package var scopeValue: String?
    /// When it last changed, in milliseconds since 1970.
    package var changed: Int
    /// Kept for `showDeleted` and sync tokens.
    package var isDeleted = false

    var id: String { scopeValue.map { "\(scopeType):\($0)" } ?? scopeType }

    func covers(_ email: String) -> Bool {
        guard !isDeleted else { return false }
        switch scopeType {
        case "default": return true
        case "user": return scopeValue?.lowercased() == email.lowercased()
        case "domain": return scopeValue.map { email.lowercased().hasSuffix("@\($0.lowercased())") } ?? false
        default: return false
        }
    }
}

/// What an account may do with a calendar, from least to most.
package enum AccessRole: String, Codable, CaseIterable, Comparable, Sendable {
    case none, freeBusyReader, reader, writerWithoutPrivateAccess, writer, owner

    package static func < (left: AccessRole, right: AccessRole) -> Bool { left.rank < right.rank }

    private var rank: Int { AccessRole.allCases.firstIndex(of: self) ?? 0 }
}

extension GoogleCalendar {
    /// The widest role that any rule gives to the account.
    package func role(of email: String) -> AccessRole {
        rules.values.filter { $0.covers(email) }.map(\.role).max() ?? .none
    }
}
