package import ReconcileModel

extension StateContents {
    /// How much of a state is read.
    package enum Extent: Sendable {
        case everything
        /// Neither runs nor journal, which grow for ever.
        case organizations
        /// The runs and the journal from this run on; no links.
        case since(RunID)
    }
}
