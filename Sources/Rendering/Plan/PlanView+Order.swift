import ReconcileModel

/// The order of those formats that people look at from the top: what keeps something from being done comes first.
extension PlanView {
    /// Those in error first, then the blocked ones, what waits for a yes, what changes, and what was warned of.
    var urgentFirst: [Section] { sections.sorted(by: \.urgency) }
}

extension PlanView.Section {
    /// What is held back first, then what waits.
    var urgentFirst: [PlanLineView] { lines.sorted(by: \.urgency) }

    /// Whether there is anything to say of it beyond its status.
    var hasDetails: Bool {
        !(problems.isEmpty && notes.isEmpty && lines.isEmpty && links.isEmpty && warnings.isEmpty)
    }

    fileprivate var urgency: Int {
        switch status {
        case .error: 0
        case .blocked: 1
        case .changes, .noChanges, .skipped, .orphaned:
            tally.pending > 0 ? 2 : status == .changes ? 3 : warnings.isEmpty ? 5 : 4
        }
    }

    /// Its status in words.
    var statusWords: String {
        switch status {
        case .changes: "changes"
        case .noChanges: "no changes"
        case .skipped, .orphaned, .blocked, .error: status.rawValue
        }
    }

    /// How many changes of each kind there are, or were made.
    struct Tally {
        var create = 0
        var update = 0
        var delete = 0
        /// Blocked, or left because it is not as it was.
        var held = 0
        /// Waiting for a yes.
        var pending = 0
        /// Tried, or to be tried, and not made.
        var failed = 0
    }

    var tally: Tally {
        lines.reduce(into: Tally()) { tally, line in
            switch (line.sign, line.end?.tone ?? .good) {
            case (.held, _): tally.held += 1
            case (.pending, _): tally.pending += 1
            case (.adopt, .good): break
            case (_, .bad), (_, .doubtful): tally.failed += 1
            case (.create, .good): tally.create += 1
            case (.update, .good): tally.update += 1
            case (.delete, .good): tally.delete += 1
            }
        }
    }
}

extension PlanLineView {
    fileprivate var urgency: Int {
        if end?.tone == .bad { return 0 }
        switch sign {
        case .held: return 1
        case .pending: return 2
        case .create, .update, .delete, .adopt: return 3
        }
    }

    /// What its sign says, in a word.
    var word: String {
        switch sign {
        case .create: "create"
        case .update: "update"
        case .delete: "delete"
        case .adopt: "link"
        case .held: "blocked"
        case .pending: "waits"
        }
    }
}

extension Sequence {
    /// Sorted by a number; equals stay as they are.
    fileprivate func sorted(by rank: (Element) -> Int) -> [Element] {
        enumerated().map { (rank: rank($0.element), place: $0.offset, element: $0.element) }
            .sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.element)
    }
}
