/// Why a text is no rule that can be followed.
package struct RecurrenceProblem: Error, Hashable, Sendable {
    /// A clause without a full stop.
    package var reason: String

    init(_ reason: String) { self.reason = reason }

    /// What would work, in a clause.
    package static let help =
        "write an RRULE such as FREQ=WEEKLY;BYDAY=MO, or daily, weekly on Mon, Wed, every 2 weeks, monthly or yearly, each with "
        + "until 2026-12-01 or 12 times if it ends"
}
