import ReconcileModel

extension EventTemplate {
    /// The settings that it gives; empty: what a new event has.
    var values: [EventField: FieldValue] {
        var values: [EventField: FieldValue] = [:]
        values[.color] = color.map { .text($0.rawValue) }
        values[.visibility] = visibility.map { $0 == .standard ? .empty : .text($0.rawValue) }
        values[.reminders] = reminders.map { .text($0.reminders.text) }
        values[.busy] = isBusy.map { $0 ? .empty : .text("false") }
        return values
    }
}
