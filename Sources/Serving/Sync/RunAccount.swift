import Logging
import ReconcileModel
import Reconciling

/// What one run did, for one line of the log.
struct RunAccount {
    private let run: RunID?
    private var written: [String: Int] = [:]
    private var organizations: [String] = []
    private var problems: [(prefix: String, text: String)] = []
    private var recovered: [String] = []
    private var warnings: [(prefix: String, text: String)] = []

    /// - Parameter wasInTrouble: whether the last that was known of an organization is a problem.
    init(_ result: SyncResult, wasInTrouble: (String) -> Bool) {
        run = result.run
        for synced in result.organizations where !synced.report.plan.isLeftAlone {
            var hasWritten = false
            for one in synced.report.done where one.outcome == .applied && one.line.writes {
                let what =
                    switch one.line.resource {
                    case .calendar: "calendars_"
                    case .accessRule: "access_rules_"
                    case .event: ""
                    case .page: "pages_"
                    }
                written["\(what)\(one.line.action.rawValue)d", default: 0] += 1
                hasWritten = true
            }
            if hasWritten { organizations.append(synced.prefix) }
            warnings += synced.report.plan.warnings.filter(\.isUrgent).map { (synced.prefix, $0.message) }
            if let problem = synced.problem {
                problems.append((synced.prefix, problem))
            } else if wasInTrouble(synced.prefix) {
                recovered.append(synced.prefix)
            }
        }
    }

    /// One line for a run that wrote, failed or recovered; for any other nothing, unless everything is to be told. Before it, what
    /// the next run does not say again.
    func log(_ trigger: SyncTrigger, _ logger: Logger) {
        // At the level that is told in every case.
        for (prefix, text) in warnings { logger.error("\(text)", metadata: ["organization": "\(prefix)"]) }
        var metadata: Logger.Metadata = ["trigger": "\(trigger.rawValue)"]
        if let run { metadata["run"] = "\(run)" }
        for (action, count) in written { metadata[action] = "\(count)" }
        let named = Set(organizations + problems.map(\.prefix) + recovered).sorted()
        if !named.isEmpty { metadata["organization"] = "\(named.joined(separator: ", "))" }
        if !recovered.isEmpty { metadata["recovered"] = "\(recovered.joined(separator: ", "))" }
        guard problems.isEmpty else {
            let texts = problems.map { problems.count == 1 ? $0.text : "\($0.prefix): \($0.text)" }
            metadata["error"] = "\(texts.joined(separator: "; "))"
            return logger.error("not everything was synchronized", metadata: metadata)
        }
        if !recovered.isEmpty { return logger.notice("synchronized again", metadata: metadata) }
        if !written.isEmpty { return logger.notice("synchronized", metadata: metadata) }
        logger.info("nothing to synchronize", metadata: metadata)
    }
}
