package import ReconcileModel

/// A part of the history of runs.
package struct RunHistory: Sendable, Equatable {
    /// The latest first.
    package var runs: [RunRecord]
    /// Whether there are older ones that were asked for as well.
    package var isCut: Bool

    package init(runs: [RunRecord], isCut: Bool) {
        self.runs = runs
        self.isCut = isCut
    }

    /// Which runs are asked for.
    package struct Request: Sendable {
        /// Only those that wrote to it, with what they did there; nil: to any.
        package var organization: String?
        /// Also runs that had nothing to write.
        package var isComplete: Bool
        /// Nil: all.
        package var limit: Int?

        package init(organization: String? = nil, isComplete: Bool = false, limit: Int? = nil) {
            self.organization = organization
            self.isComplete = isComplete
            self.limit = limit
        }
    }
}
