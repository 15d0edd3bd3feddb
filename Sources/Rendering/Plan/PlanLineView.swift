import ReconcileModel

/// One line of a plan as people are shown it.
struct PlanLineView {
    /// What is done; held: nothing is, pending: nothing is without a yes.
    enum Sign { case create, update, delete, adopt, held, pending }

    struct Field {
        enum Value {
            /// The only one that is shown.
            case one(String)
            case replaced(String, by: String)
            /// A long text that became another one in some of its words.
            case edited([WordDifference.Part])
        }

        var name: String
        var value: Value
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
    /// What stands in the calendar without it, and with it; nil: nothing, or it is not about an event.
    var before: EventContent?
    var after: EventContent?
    private var line: PlanLine
    private var texts: FieldTexts

    /// Made for whoever asks: it takes time to compare long texts, and not every format shows all of them.
    var fields: [Field] { texts.fields(of: line) }
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
        (self.line, texts) = (line, FieldTexts(time: time, isVerbose: isVerbose))
        if let change = line.change { before = change.eventBefore } else { before = line.event }
        after = line.todo != nil && outcome?.isFulfilled ?? true ? line.change?.eventAfter : before
    }
}

extension Change {
    fileprivate var eventBefore: EventContent? {
        switch self {
        case .event(.create), .calendar, .access, .page: nil
        case .event(.update(let update)): update.live.event
        case .event(.delete(let deletion)): deletion.live.event
        case .event(.move), .event(.release), .adopt: event
        }
    }

    fileprivate var eventAfter: EventContent? {
        switch self {
        case .event(.create), .event(.update), .event(.move), .event(.release), .adopt: event
        case .event(.delete), .calendar, .access, .page: nil
        }
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
