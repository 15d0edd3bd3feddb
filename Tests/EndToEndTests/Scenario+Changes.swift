import Foundation

extension Scenario.Ran {
    /// One change of a JSON document.
    struct Change {
        var resource: String
        var action: String
        var reason: String
        var title: String
        var page: String?
        var event: String?
        var fields: [String]
        var isBlocked: Bool
        var isPending: Bool
        var outcome: String?
        /// Why its content changed, where it is not the page that was edited.
        var cause: String?
        /// Why it was not applied.
        var explanation: String
    }

    /// The changes of all organizations, in order.
    var changes: [Change] {
        organizations.flatMap { $0["changes"] as? [[String: Any]] ?? [] }.map { change in
            Change(
                resource: change["resource"] as? String ?? "",
                action: change["action"] as? String ?? "",
                reason: change["reason"] as? String ?? "",
                title: change["title"] as? String ?? "",
                page: change["notion_page_id"] as? String,
                event: change["google_event_id"] as? String,
                fields: (change["fields"] as? [String: Any] ?? [:]).keys.sorted(),
                isBlocked: change["blocked"] as? Bool ?? false,
                isPending: change["pending"] as? Bool ?? false,
                outcome: change["outcome"] as? String,
                cause: change["cause"] as? String,
                explanation: (change["error"] as? [String: Any])?["message"] as? String
                    ?? change["message"] as? String ?? ""
            )
        }
    }

    /// Deletes that no limit holds back.
    var deletes: [Change] { changes.filter { $0.action == "delete" && !$0.isBlocked } }

    /// `error.code` of a run that could not start.
    var errorCode: String? { (json["error"] as? [String: Any])?["code"] as? String }

    /// A count of `summary.events`.
    func count(_ name: String) -> Int? {
        let summary = json["summary"] as? [String: [String: Int]]
        return summary?["events"]?[name]
    }

    /// `status` of an organization.
    func status(of prefix: String) -> String? {
        organizations.first { $0["prefix"] as? String == prefix }?["status"] as? String
    }

    var organizations: [[String: Any]] { json["organizations"] as? [[String: Any]] ?? [] }

    /// `status` of the first organization.
    var status: String? { organizations.first?["status"] as? String }

    var message: String? { organizations.first?["message"] as? String }

    /// The codes of all warnings, in order.
    var warnings: [String] {
        organizations.flatMap { $0["warnings"] as? [[String: Any]] ?? [] }.compactMap { $0["code"] as? String }
    }

    /// `requests` of an applied plan.
    var requests: [String: Int] { json["requests"] as? [String: Int] ?? [:] }
}
