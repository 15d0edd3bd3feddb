/// What an account may do with a calendar.
package struct CalendarAccess: Hashable, Codable, Sendable {
    package var role: CalendarRole
    /// The e-mail of the account.
    package var account: String

    package init(role: CalendarRole, account: String) { (self.role, self.account) = (role, account) }

    /// How to give an account a role, in the words of Google's dialog.
    package static func hint(_ role: CalendarRole, for account: String) -> String {
        "In the calendar's sharing settings, give \(account) the permission \"\(role.permission)\"."
    }
}

/// The roles of a calendar's access control list, from least to most.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/acl>
package enum CalendarRole: String, Codable, CaseIterable, Comparable, Sendable {
    case freeBusyReader, reader, writerWithoutPrivateAccess, writer, owner

    package static func < (left: CalendarRole, right: CalendarRole) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .freeBusyReader: 0
        case .reader: 1
        case .writerWithoutPrivateAccess: 2
        case .writer: 3
        case .owner: 4
        }
    }

    package var mayWriteEvents: Bool {
        switch self {
        case .freeBusyReader, .reader: false
        case .writerWithoutPrivateAccess, .writer, .owner: true
        }
    }

    /// Whether events come with more than their times.
    package var seesEvents: Bool { self != .freeBusyReader }

    /// Whether private events come with their details.
    package var seesPrivateEvents: Bool {
        switch self {
        case .freeBusyReader, .reader, .writerWithoutPrivateAccess: false
        case .writer, .owner: true
        }
    }

    /// What Google's dialog calls it.
    package var permission: String {
        switch self {
        case .freeBusyReader: "See only free/busy (hide details)"
        case .reader: "See all event details"
        case .writerWithoutPrivateAccess: "Make changes to events, without private ones"
        case .writer: "Make changes to events"
        case .owner: "Make changes and manage sharing"
        }
    }
}
