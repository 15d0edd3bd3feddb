package import ReconcileModel

/// A plan that somebody is asked about.
package struct Proposal: Sendable {
    package let plan: Plan
    /// What had gone over the wire before it was made: the report of what comes of it counts from there.
    let requestsBefore: RequestTotals
}
