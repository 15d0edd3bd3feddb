import ReconcileModel

/// The fields of a line with their values, short enough for a line where not everything is shown.
struct FieldTexts {
    let time: TimeText
    let isVerbose: Bool

    func fields(of line: PlanLine) -> [PlanLineView.Field] {
        switch line.change {
        case .event(.update(let update)):
            return update.fields.map { PlanLineView.Field(name: $0.rawValue, value: value(of: $0, in: update)) }
        case .calendar(.update), .page:
            return line.fieldChanges.map { field in
                PlanLineView.Field(name: field.name, value: difference(field.before, field.after))
            }
        case .access(let change):
            guard let before = change.before, let after = change.after else { return [] }
            return [PlanLineView.Field(name: "role", value: .replaced(before.rawValue, by: after.rawValue))]
        case .calendar(.create):
            guard isVerbose else { return [] }
            return line.fieldChanges.map { PlanLineView.Field(name: $0.name, value: .one(quoted($0.after))) }
        case .event(.create), .event(.delete):
            guard isVerbose, let event = line.event else { return [] }
            return EventField.allCases.filter { event.text(of: $0) != nil }
                .map { PlanLineView.Field(name: $0.rawValue, value: .one(text(of: $0, in: event))) }
        case .calendar(.delete), .event(.move), .event(.release), .adopt, nil:
            return []
        }
    }

    private func value(of field: EventField, in update: EventUpdate) -> PlanLineView.Field.Value {
        let (before, after) = (update.live.event, update.desired.event)
        switch field.kind {
        case .text: return difference(before?.text(of: field), after.text(of: field))
        case .rule:
            let change = update.fieldChange(of: field)
            return difference(change.before, change.after)
        case .time, .setting: return .replaced(text(of: field, in: before), by: text(of: field, in: after))
        }
    }

    /// Two texts; word by word where one is too long to be read twice.
    private func difference(_ before: String?, _ after: String?) -> PlanLineView.Field.Value {
        let values = ValueDifference(before, after, limit: limit)
        guard let (old, new) = values.long(than: Self.longest), let words = WordDifference(old, new) else {
            let (before, after) = values.shown
            return .replaced(before, by: after)
        }
        return .edited(isVerbose ? words.parts : words.excerpt(context: 20, longest: Self.longest))
    }

    private func text(of field: EventField, in event: EventContent?) -> String {
        if field.kind == .setting { return event?.shown(field) ?? "none" }
        switch event?[field] {
        case nil, .empty: return "none"
        case .text: return quoted(event?.plainText(of: field))
        // The last day, as people say it.
        case .time(.date(let end)) where field == .end: return time.moment(.date(end.adding(days: -1)))
        case .time(let moment): return time.moment(moment)
        }
    }

    /// Characters of a value that are read at a glance.
    private static let longest = 70

    /// How many characters of a value are shown; nil: all.
    private var limit: Int? { isVerbose ? nil : Self.longest }

    private func quoted(_ text: String?) -> String {
        ValueDifference.quoted(text == "" ? nil : text?.printable, limit)
    }
}
