/// A span of time in which events lie or not, open where no bound is given.
///
/// It is held as instants for events with a time and as days for all-day events, which are the same everywhere: neither needs
/// a time zone any more when it is compared.
package struct EventWindow: Hashable, Sendable {
    private let instants: Range<Int>
    /// Days since 1970.
    private let days: ClosedRange<Int>?

    /// All of time.
    package static let open = EventWindow(instants: .min ..< .max, days: .min ... .max)

    /// - Parameters:
    ///   - instants: in seconds since 1970.
    ///   - days: since 1970; nil: none.
    package init(instants: Range<Int>, days: ClosedRange<Int>?) { (self.instants, self.days) = (instants, days) }

    /// Whether a part of the event lies in the window. An event without duration lies where it starts.
    package func overlaps(_ event: EventContent) -> Bool {
        guard !instants.isEmpty else { return false }
        switch (event.start, event.end) {
        case (.date(let start), .date(let end)):
            guard let days else { return false }
            let last = max(start, end.adding(days: -1))
            return start.daysSince1970 <= days.upperBound && last.daysSince1970 >= days.lowerBound
        default:
            let (start, end) = (event.start.order, event.end.order)
            return start < instants.upperBound && (end > instants.lowerBound || start >= instants.lowerBound)
        }
    }

    /// Whether a live event lies in it; one whose times are not known does.
    ///
    /// A series that people made of one goes on for nobody knows how long.
    package func overlaps(_ live: LiveEvent) -> Bool {
        guard let event = live.event else { return true }
        guard live.isSeries else { return overlaps(event) }
        switch event.start {
        case .date(let day): return days.map { day.daysSince1970 <= $0.upperBound } ?? false
        case .instant(let instant): return instant.secondsSince1970 < instants.upperBound
        }
    }
}
