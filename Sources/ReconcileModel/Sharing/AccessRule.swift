/// What somebody may do with a calendar.
package struct AccessRule: Hashable, Codable, Sendable {
    package var role: CalendarRole
    package var scope: AccessScope

    package init(_ role: CalendarRole, _ scope: AccessScope) { (self.role, self.scope) = (role, scope) }

    /// `reader public`
    package var title: String { "\(role.rawValue) \(scope.text)" }
}

/// A rule as it is declared.
package struct DeclaredAccess: Hashable, Codable, Sendable {
    package var rule: AccessRule
    package var source: SourceLocation

    package init(_ rule: AccessRule, source: SourceLocation) { (self.rule, self.source) = (rule, source) }
}

/// A rule as it stands in Google.
package struct LiveAccessRule: Hashable, Codable, Sendable {
    package var scope: AccessScope
    /// Nil: one that this program does not know.
    package var role: CalendarRole?

    package init(_ role: CalendarRole?, _ scope: AccessScope) { (self.role, self.scope) = (role, scope) }
}

/// What the state knows of a rule that is ours, or is to be.
package struct AccessGrant: Hashable, Codable, Sendable {
    package var scope: AccessScope
    /// The role that we gave; nil: none yet.
    package var made: CalendarRole?
    /// The role that we were about to give, and may: a run that was killed before is completed without another allowance.
    package var pending: CalendarRole?
    /// Nil: of the calendar that is about to be created.
    package var calendar: CalendarID?

    package init(
        _ scope: AccessScope,
        made: CalendarRole? = nil,
        pending: CalendarRole? = nil,
        calendar: CalendarID? = nil
    ) {
        (self.scope, self.made, self.pending, self.calendar) = (scope, made, pending, calendar)
    }
}

extension [AccessGrant] {
    /// Those of a calendar; nil: of one that is about to be created, whatever another one had.
    package func of(_ calendar: CalendarID?) -> [AccessGrant] {
        filter { $0.calendar == nil || $0.calendar == calendar }
    }

    /// Without what was about to be given.
    ///
    /// - Parameter scopes: of these; nil: of all.
    package func withdrawn(_ scopes: Set<AccessScope>? = nil) -> [AccessGrant] {
        compactMap { grant in
            guard scopes?.contains(grant.scope) ?? true else { return grant }
            var grant = grant
            grant.pending = nil
            return grant.made == nil ? nil : grant
        }
    }
}
