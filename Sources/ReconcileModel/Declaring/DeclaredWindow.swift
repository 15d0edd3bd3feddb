/// `window:` of a declaration: how far from today events are looked after. An absent side is open.
package struct DeclaredWindow: Hashable, Codable, Sendable {
    /// Back from today; not negative.
    package var past: CalendarOffset?
    /// On from today; not negative.
    package var future: CalendarOffset?

    package init(past: CalendarOffset? = nil, future: CalendarOffset? = nil) {
        (self.past, self.future) = (past, future)
    }
}
