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

    /// Whether a part of what takes place then lies in the window. What has no duration lies where it starts.
    ///
    /// Of a series this tells of its first occurrence alone.
    package func overlaps(from start: EventTime, to end: EventTime) -> Bool {
        guard !instants.isEmpty else { return false }
        switch (start, end) {
        case (.date(let start), .date(let end)):
            guard let days else { return false }
            let last = max(start, end.adding(days: -1))
            return start.daysSince1970 <= days.upperBound && last.daysSince1970 >= days.lowerBound
        default:
            let (start, end) = (start.order, end.order)
            return start < instants.upperBound && (end > instants.lowerBound || start >= instants.lowerBound)
        }
    }

    /// Whether what starts then, or later, may lie in the window.
    package func isOpen(after start: EventTime) -> Bool {
        switch start {
        case .date(let day): days.map { day.daysSince1970 <= $0.upperBound } ?? false
        case .instant(let instant): instant.secondsSince1970 < instants.upperBound
        }
    }

    /// What ends earlier certainly lies before the window: in days since 1970, with a margin for zones.
    package var firstDay: Int {
        let byInstant = instants.lowerBound / 86_400
        return max(min(byInstant, days?.lowerBound ?? byInstant), -800_000) - 2
    }

    /// Whether nothing bounds it on the far side.
    package var isEndless: Bool { instants.upperBound == .max }
}
