/// What is to be done to one access rule of a calendar.
package struct AccessChange: Hashable, Codable, Sendable {
    package var scope: AccessScope
    /// Nil: there is no rule.
    package var before: CalendarRole?
    /// Nil: the rule goes.
    package var after: CalendarRole?
    package var reason: Reason

    package init(_ scope: AccessScope, from before: CalendarRole?, to after: CalendarRole?, _ reason: Reason) {
        (self.scope, self.before, self.after, self.reason) = (scope, before, after, reason)
    }

    package var action: ChangeAction { before == nil ? .create : after == nil ? .delete : .update }

    /// Whether more people see the calendar, or may do more with it.
    package var isWidening: Bool {
        guard let after else { return false }
        return before.map { $0 < after } ?? true
    }

    /// `reader public`
    package var title: String { (after ?? before).map { AccessRule($0, scope).title } ?? scope.text }

    package var fieldChanges: [FieldChange] { [FieldChange("role", before?.rawValue, after?.rawValue)] }
}
