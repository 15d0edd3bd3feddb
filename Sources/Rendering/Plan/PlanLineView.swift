import ReconcileModel

/// One line of a plan as people are shown it.
struct PlanLineView {
    /// What is done; held: nothing is, pending: nothing is without a yes.
    enum Sign { case create, update, delete, adopt, held, pending }

    struct Field {
        var name: String
        /// Nil where only one value is shown.
        var before: String?
        var after: String
    }

    /// What became of the line.
    struct End {
        /// Done, not done for now, not done.
        enum Tone { case good, doubtful, bad }

        var words: String
        var tone: Tone
    }

    var sign: Sign
    /// In the organization's zone.
    var when: String?
    /// What is changed; nil: an event.
    var kind: String?
    var title: String
    /// What is done and why, or why not.
    var note: String
    var end: End?
    var fields: [Field]
}

extension PlanLineView {
    /// - Returns: nil for events that are only linked anew, where not everything is shown.
    init?(_ line: PlanLine, _ outcome: Outcome?, _ time: TimeText, isVerbose: Bool) {
        if case .change(.adopt) = line, !isVerbose, outcome == nil || outcome == .applied { return nil }
        sign = Sign(line)
        when = line.event.map(time.span)
        kind =
            switch line.resource {
            case .calendar: "calendar"
            case .accessRule: "sharing"
            case .event: nil
            case .page: "page"
            }
        title = line.title
        note = ReasonWords.note(on: line)
        end = outcome.map { End($0) }
        fields = FieldTexts(time: time, isVerbose: isVerbose).fields(of: line)
    }
}

extension PlanLineView.Sign {
    fileprivate init(_ line: PlanLine) {
        guard let change = line.todo else {
            self = line.awaited == nil ? .held : .pending
            return
        }
        self =
            switch change.action {
            case .create: .create
            case .update: .update
            case .delete: .delete
            case .adopt: .adopt
            }
    }
}

extension PlanLineView.End {
    fileprivate init(_ outcome: Outcome) {
        (words, tone) =
            switch outcome {
            case .applied: ("done", .good)
            case .failed(let failure): ("failed: \(failure.description)", .bad)
            case .unchanged(let reason): ("unchanged: \(reason)", .good)
            case .skipped(let reason): ("skipped: \(reason)", .doubtful)
            case .stale(let reason): ("stale: \(reason)", .bad)
            }
    }
}

/// The fields of a line with their values, short enough for a line where not everything is shown.
private struct FieldTexts {
    let time: TimeText
    let isVerbose: Bool

    func fields(of line: PlanLine) -> [PlanLineView.Field] {
        switch line.change {
        case .event(.update(let update)):
            return update.fields.map { field in
                let (before, after) = values(of: field, in: update)
                return PlanLineView.Field(name: field.rawValue, before: before, after: after)
            }
        case .calendar(.update), .page:
            return line.fieldChanges.map { field in
                let values = ValueDifference(field.before, field.after, limit: limit)
                return PlanLineView.Field(name: field.name, before: values.before, after: values.after)
            }
        case .access(let change):
            guard let before = change.before, let after = change.after else { return [] }
            return [PlanLineView.Field(name: "role", before: before.rawValue, after: after.rawValue)]
        case .calendar(.create):
            guard isVerbose else { return [] }
            return line.fieldChanges.map { PlanLineView.Field(name: $0.name, after: quoted($0.after)) }
        case .event(.create), .event(.delete):
            guard isVerbose, let event = line.event else { return [] }
            return EventField.allCases.filter { event.text(of: $0) != nil }
                .map { PlanLineView.Field(name: $0.rawValue, after: value($0, of: event)) }
        case .calendar(.delete), .event(.move), .event(.release), .adopt, nil:
            return []
        }
    }

    private func values(of field: EventField, in update: EventUpdate) -> (before: String, after: String) {
        let (before, after) = (update.live.event, update.desired.event)
        switch field.kind {
        case .text:
            let values = ValueDifference(before?.text(of: field), after.text(of: field), limit: limit)
            return (values.before, values.after)
        case .rule:
            let change = update.fieldChange(of: field)
            let values = ValueDifference(change.before, change.after, limit: limit)
            return (values.before, values.after)
        case .time, .setting: return (value(field, of: before), value(field, of: after))
        }
    }

    private func value(_ field: EventField, of event: EventContent?) -> String {
        if field.kind == .setting { return event?.shown(field) ?? "none" }
        switch event?[field] {
        case nil, .empty: return "none"
        case .text: return quoted(event?.plainText(of: field))
        // The last day, as people say it.
        case .time(.date(let end)) where field == .end: return time.moment(.date(end.adding(days: -1)))
        case .time(let moment): return time.moment(moment)
        }
    }

    /// How many characters of a value are shown; nil: all.
    private var limit: Int? { isVerbose ? nil : 70 }

    private func quoted(_ text: String?) -> String {
        ValueDifference.quoted(text == "" ? nil : text?.printable, limit)
    }
}
