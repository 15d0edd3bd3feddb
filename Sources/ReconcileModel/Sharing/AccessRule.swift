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

extension LiveAccessRule? {
    /// Whether just this role is given; nil: whether there is no rule.
    package func gives(_ role: CalendarRole?) -> Bool { self?.role == role && (self == nil) == (role == nil) }
}

extension [LiveAccessRule] {
    package var byScope: [AccessScope: LiveAccessRule] {
        Dictionary(map { ($0.scope, $0) }) { first, _ in first }
    }
}

/// What the state knows of a rule that is ours, or may become it.
package struct AccessGrant: Hashable, Codable, Sendable {
    package var scope: AccessScope
    /// The role that we gave; nil: none.
    package var made: CalendarRole?
    /// The role that we may give, or were about to: of a new calendar, or of a run that was killed before it knew what came of it.
    package var pending: CalendarRole?
    /// Whether the pending role may have been given already.
    package var isOpen = false
    /// Nil: of the calendar that is about to be created.
    package var calendar: CalendarID?

    package init(
        _ scope: AccessScope,
        made: CalendarRole? = nil,
        pending: CalendarRole? = nil,
        isOpen: Bool = false,
        calendar: CalendarID? = nil
    ) {
        (self.scope, self.made, self.pending, self.isOpen) = (scope, made, pending, isOpen)
        self.calendar = calendar
    }
}

extension [AccessGrant] {
    /// Those of a calendar.
    ///
    /// - Parameter isCreatedByUs: whether we created it: then what was to be done for a new one is for it, as far as nothing newer is
    ///   known.
    package func of(_ calendar: CalendarID?, isCreatedByUs: Bool) -> [AccessGrant] {
        let own = filter { $0.calendar == calendar && calendar != nil }
        guard isCreatedByUs || calendar == nil else { return own }
        return own + filter { one in one.calendar == nil && !own.contains { $0.scope == one.scope } }
    }

    /// Without what was about to be given.
    ///
    /// - Parameter scopes: of these; nil: of all.
    package func withdrawn(_ scopes: Set<AccessScope>? = nil) -> [AccessGrant] {
        compactMap { grant in
            guard scopes?.contains(grant.scope) ?? true else { return grant }
            var grant = grant
            (grant.pending, grant.isOpen) = (nil, false)
            return grant.made == nil ? nil : grant
        }
    }
}
