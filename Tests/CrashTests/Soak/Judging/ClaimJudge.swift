import Emulation

/// Whether what a run says it did is what it did, field by field, and all that it did.
struct ClaimJudge {
    private let scene: RunScene
    private let report: RunReport.Organization

    init(_ scene: RunScene, _ report: RunReport.Organization) { (self.scene, self.report) = (scene, report) }

    var problems: [String] {
        report.changes.filter { $0.outcome == "applied" }.flatMap(untrue) + unsaid
    }

    // MARK: - What is said

    private func untrue(_ change: RunReport.Change) -> [String] {
        guard change.resource == "event" else { return untrueCalendar(change) }
        return switch change.action {
        case "create": untrueCreation(change)
        case "update": untrueUpdate(change)
        case "delete": untrueDeletion(change)
        case "adopt": untrueAdoption(change)
        default: []
        }
    }

    private func untrueCreation(_ change: RunReport.Change) -> [String] {
        let made = scene.eventsAfter.values.filter { $0.page == change.page && scene.eventsBefore[$0.id] == nil }
        guard let event = made.first else { return ["\"\(change.title)\" is said to be created, and is not there"] }
        let wrong = ["summary", "start", "end", "location", "description"].filter { field in
            let isOurs = TextField(rawValue: field).map(scene.view.fields.contains) ?? true
            return isOurs && event.shown.reported(field) != change.fields[field]?.after
        }
        return wrong.map { "the \($0) of \(event.shown) is said to be \(change.fields[$0]?.after ?? "none")" }
    }

    private func untrueUpdate(_ change: RunReport.Change) -> [String] {
        let id = change.event ?? ""
        guard let old = scene.eventsBefore[id]?.shown, let new = scene.eventsAfter[id]?.shown else {
            return ["\"\(change.title)\" is said to be updated, and is not there"]
        }
        return change.fields.filter { field, values in
            old.reported(field) != values.before || new.reported(field) != values.after
        }
        .map { field, values in
            "the \(field) of \(old) is said to change from \(values.before ?? "none") to \(values.after ?? "none"), and is "
                + (new.reported(field) ?? "none")
        }
    }

    private func untrueDeletion(_ change: RunReport.Change) -> [String] {
        guard let id = change.event, let old = scene.eventsBefore[id]?.shown else {
            return ["\"\(change.title)\" is said to be deleted, and was not there"]
        }
        if scene.eventsAfter[id] != nil { return ["\"\(change.title)\" is said to be deleted, and is there"] }
        return change.fields.filter { old.reported($0) != $1.before }.map {
            "the \($0.key) of \(old) is said to have been another"
        }
    }

    private func untrueAdoption(_ change: RunReport.Change) -> [String] {
        let isThere = scene.eventsAfter[change.event ?? ""].map { $0.page == change.page } ?? false
        return isThere ? [] : ["\"\(change.title)\" is said to be recognized, and is not there"]
    }

    private func untrueCalendar(_ change: RunReport.Change) -> [String] {
        guard let calendar = scene.after else { return ["a calendar is said to be there, and is not"] }
        if change.action == "create", scene.before != nil { return ["a calendar is said to be created, and was there"] }
        let now = ["summary": calendar.summary, "description": calendar.description, "timeZone": calendar.timeZone]
        return change.fields.filter { field, values in now[field].map { $0 != values.after } ?? false }
            .map { "the \($0.key) of the calendar is said to be \($0.value.after ?? "none")" }
    }

    // MARK: - What is not said

    private var unsaid: [String] {
        let (before, after) = (scene.eventsBefore, scene.eventsAfter)
        let ids = Set(before.keys).union(after.keys).filter { before[$0]?.shown != after[$0]?.shown }
        var problems = ids.sorted().filter { id in
            let page = (after[id] ?? before[id])?.page
            return !report.changes.contains { $0.event == id || $0.action == "create" && $0.page == page }
        }
        .map { "nothing is said of \(before[$0]?.shown as Any) that became \(after[$0]?.shown as Any)" }
        if scene.before == nil, scene.after != nil, !report.changes.contains(where: { $0.resource == "calendar" }) {
            problems.append("nothing is said of a calendar that was created")
        }
        return problems
    }
}
