import ReconcileModel

/// The exit codes, decided in one place.
enum ExitPolicy {
    static let success: Int32 = 0
    static let failure: Int32 = 1
    /// Of `plan --detailed-exitcode`, as in terraform.
    static let changes: Int32 = 2

    static func code(for plan: Plan, isDetailed: Bool) -> Int32 {
        let summary = Summary(plan)
        if summary.hasErrors { return failure }
        return isDetailed && summary.hasChanges ? changes : success
    }

    static func code(for report: Report) -> Int32 { report.isSuccess ? success : failure }
}
