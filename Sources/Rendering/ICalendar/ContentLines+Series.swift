import ReconcileModel
import Recurring
import ZoneData

/// What a series has beside a single event: its times are those of a zone, and a rule follows.
extension ContentLines {
    /// - Parameter recurrence: of the event.
    mutating func add(_ recurrence: Recurrence, of event: EventContent) {
        for text in recurrence.lines { line(text) }
        let cancelled = event.exceptions.filter { $0.content == nil }.map(\.original)
        if let exclusion = recurrence.exclusion(of: cancelled) { line(exclusion) }
        // A first start that the rule does not yield takes place all the same, and not every program knows that.
        if let series = Series(event), !series.isFirstOnRule { line("RDATE\(value(event.start, in: recurrence))") }
    }

    /// Of a series the wall time of its zone, whose rules stand in the document; UTC needs none.
    func value(_ time: EventTime, in recurrence: Recurrence?) -> String {
        guard case .instant(let instant) = time, let name = recurrence?.zone, name != "UTC",
            let zone = ZoneDatabase.current.zone(name)
        else { return value(time) }
        let wall = zone.wall(at: instant).description.filter { $0 != "-" && $0 != ":" }
        return ";TZID=\(name):\(wall)"
    }

    /// The rules of the zones that series have.
    mutating func addZones(of events: [DesiredEvent]) {
        let names = Set(events.compactMap { $0.event.recurrence?.zone })
        for name in names.sorted() {
            for text in ZoneComponent.lines(of: name) ?? [] { line(text) }
        }
    }
}
