import Foundation

/// What a run printed in JSON.
struct RunReport {
    struct Organization {
        var status: String
        var message: String
        var warnings: [Warning]
        var changes: [Change]
    }

    struct Warning: Equatable {
        var code: String
        var page: String?
    }

    struct Change {
        var resource: String
        var action: String
        var title: String
        var page: String?
        var event: String?
        /// Before and after, by name.
        var fields: [String: Values]
        var isBlocked: Bool
        var outcome: String?
    }

    struct Values {
        var before: String?
        var after: String?
    }

    let code: Int32
    /// By prefix.
    let organizations: [String: Organization]

    /// Nil where there is no document.
    init?(_ printed: String, code: Int32) {
        let object = try? JSONSerialization.jsonObject(with: Data(printed.utf8))
        guard let document = object as? [String: Any], let list = document["organizations"] as? [[String: Any]] else {
            return nil
        }
        self.code = code
        let pairs = list.map { ($0["prefix"] as? String ?? "", Organization($0)) }
        organizations = Dictionary(pairs) { first, _ in first }
    }
}

extension RunReport.Organization {
    /// Whether all of it is done, as the run tells it.
    var isDone: Bool {
        ["changes", "no_changes"].contains(status)
            && changes.allSatisfy { $0.outcome == "applied" || $0.outcome == nil && $0.action == "adopt" }
    }

    /// Whether a limit held updates back.
    var holdsBackUpdates: Bool { changes.contains { $0.action == "update" && $0.isBlocked } }

    fileprivate init(_ json: [String: Any]) {
        status = json["status"] as? String ?? ""
        message = json["message"] as? String ?? ""
        warnings = (json["warnings"] as? [[String: Any]] ?? []).map {
            RunReport.Warning(code: $0["code"] as? String ?? "", page: $0["notion_page_id"] as? String)
        }
        changes = (json["changes"] as? [[String: Any]] ?? []).map(RunReport.Change.init)
    }
}

extension RunReport.Change {
    fileprivate init(_ json: [String: Any]) {
        resource = json["resource"] as? String ?? ""
        action = json["action"] as? String ?? ""
        title = json["title"] as? String ?? ""
        page = json["notion_page_id"] as? String
        event = json["google_event_id"] as? String
        fields = (json["fields"] as? [String: [String: Any]] ?? [:]).mapValues {
            RunReport.Values(before: $0["before"] as? String, after: $0["after"] as? String)
        }
        isBlocked = json["blocked"] as? Bool ?? false
        outcome = json["outcome"] as? String
    }
}

extension ModelPage.Event {
    /// A field as reports write it: times in UTC as RFC 3339.
    func reported(_ field: String) -> String? {
        switch field {
        case "summary": title
        case "start": TimeText.reported(start)
        case "end": TimeText.reported(end)
        case "location": location
        case "description": description
        default: nil
        }
    }
}
