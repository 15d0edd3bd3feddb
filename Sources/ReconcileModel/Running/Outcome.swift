/// What became of one change.
package enum Outcome: Hashable, Sendable {
    /// Google (or, for an adoption, the link table) confirmed it.
    case applied
    /// It was so already when it was to be written: by another run, or by somebody's hand. No deed of this run.
    case unchanged(String)
    case failed(Failure)
    /// Not tried, for the reason given: blocked, or something it depends on failed.
    case skipped(String)
    /// What it was planned against has changed since; nothing was overwritten.
    case stale(String)
}

extension Outcome {
    /// Why nothing more is tried where somebody wants the run to end.
    package static let stopped = "the run was stopped"

    /// Why pages are not told anything.
    package static let notAllowed = "Notion does not allow it"

    /// Why what waits for a yes is not tried.
    package static let waiting = "it waits for a yes"

    /// What was planned stood there before it was written.
    package static let done = Outcome.unchanged("another run, or somebody, had done it already")

    /// Whether what was planned is so now, whoever did it.
    package var isFulfilled: Bool {
        switch self {
        case .applied, .unchanged: true
        case .failed, .skipped, .stale: false
        }
    }

    package var word: String {
        switch self {
        case .applied: "applied"
        case .unchanged: "unchanged"
        case .failed: "failed"
        case .skipped: "skipped"
        case .stale: "stale"
        }
    }
}
