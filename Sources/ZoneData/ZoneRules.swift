/// How far clocks of one zone are from UTC at each instant, as a file of compiled zone rules tells it.
///
/// <https://www.rfc-editor.org/rfc/rfc9636>
package struct ZoneRules: Hashable, Sendable {
    /// From an instant on, in seconds since 1970, this offset in seconds holds.
    struct Transition: Hashable, Sendable {
        var instant: Int
        var offset: Int
    }

    /// Before the first transition.
    let earliestOffset: Int
    /// Ascending.
    let transitions: [Transition]
    /// What goes on after the last transition; nil: its offset, for ever.
    let future: RecurringRule?

    init(earliestOffset: Int, transitions: [Transition], future: RecurringRule?) {
        (self.earliestOffset, self.transitions, self.future) = (earliestOffset, transitions, future)
    }

    /// The offset from UTC in seconds, east positive, at an instant in seconds since 1970.
    package func offset(at instant: Int) -> Int {
        guard let last = transitions.last else { return future?.offset(at: instant) ?? earliestOffset }
        if instant >= last.instant { return future?.offset(at: instant) ?? last.offset }
        // The last transition that is not later.
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].instant <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? earliestOffset : transitions[low - 1].offset
    }
}
