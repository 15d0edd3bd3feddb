import ReconcileModel
import Recurring

/// The occurrences of a series as subscribers see them: by its rule, with what people made of single ones.
struct SeriesExpansion {
    /// So many of one series are answered.
    static let most = 1_000

    /// Those that overlap every window; nil: a single event.
    ///
    /// A series whose rule is not understood here is told by its first occurrence.
    static func occurrences(of desired: DesiredEvent, in windows: [EventWindow]) -> [ShownEvent]? {
        let event = desired.event
        guard let recurrence = event.recurrence else { return nil }
        func shown(_ original: EventTime, _ content: EventContent) -> ShownEvent {
            ShownEvent(desired.page, content, ShownEvent.Occurrence(id: original, lines: recurrence.lines))
        }
        func isAsked(_ content: EventContent) -> Bool {
            windows.allSatisfy { $0.overlaps(from: content.start, to: content.end) }
        }
        guard let series = Series(event) else { return isAsked(event) ? [shown(event.start, event)] : [] }
        let changed = Set(event.exceptions.map(\.original))
        // Those that people changed are counted before they are known to be asked for.
        let byRule = series.occurrences(in: windows, limit: most + changed.count)
        let regular = byRule.filter { !changed.contains($0.start) }.map { occurrence in
            var content = event
            (content.start, content.end, content.exceptions) = (occurrence.start, occurrence.end, [])
            return shown(occurrence.start, content)
        }
        let exceptions = event.exceptions.compactMap { exception -> ShownEvent? in
            guard let content = exception.content, isAsked(content) else { return nil }
            return shown(exception.original, content)
        }
        return Array((regular + exceptions).sorted { $0.event.start.order < $1.event.start.order }.prefix(most))
    }
}
