import Emulation

/// Whether a run did nothing but what it had a reason for: what it could not see stays, and what is people's is not touched.
struct WriteJudge {
    private let scene: RunScene
    private var view: ModelView { scene.view }

    init(_ scene: RunScene) { self.scene = scene }

    var problems: [String] {
        let (before, after) = (scene.eventsBefore, scene.eventsAfter)
        var problems: [String] = []
        for (id, event) in before.sorted(by: { $0.key < $1.key }) {
            if let now = after[id] {
                problems += changed(event, now)
            } else if let problem = deleted(event, rest: after) {
                problems.append(problem)
            }
        }
        for (id, event) in after.sorted(by: { $0.key < $1.key }) where before[id] == nil {
            problems += created(event, beside: after.values.filter { before[$0.id] != nil })
        }
        return problems
    }

    /// Why nothing of an event may change; nil: it may.
    private func untouchable(_ event: GoogleEvent) -> String? {
        if let obstacle = view.obstacle { return "nothing can be read (\(obstacle))" }
        if view.isReadOnly { return "its calendar may only be read" }
        if view.hiddenEvents.contains(event.id) { return "its content is not shown" }
        if view.hiddenPages.contains(event.page) { return "its page is not shown whole" }
        return nil
    }

    private func changed(_ event: GoogleEvent, _ now: GoogleEvent) -> [String] {
        guard event.etag != now.etag else { return [] }
        if let reason = untouchable(event) { return ["\(event.shown) was changed, and \(reason)"] }
        guard let wanted = view.event(of: event.page) else {
            return ["\(event.shown) was changed, its page asks for none"]
        }
        var problems: [String] = []
        for field in ["summary", "start", "end", "location", "description"] {
            let (old, new) = (event.shown.reported(field), now.shown.reported(field))
            guard old != new else { continue }
            let isOurs = TextField(rawValue: field).map(view.fields.contains) ?? true
            if !isOurs {
                problems.append("the \(field) of \(event.shown) was changed, and is people's")
            } else if new != wanted.reported(field) {
                problems.append("\(event.shown) was changed to \(now.shown), not to \(wanted)")
            }
        }
        if Self.rest(event) != Self.rest(now) { problems.append("more than its content was changed of \(event.shown)") }
        return problems
    }

    /// Fields that no page decides.
    private static func rest(_ event: GoogleEvent) -> [String: JSONValue] {
        let decided: Set = ["summary", "location", "description", "extendedProperties"]
        return event.fields.filter { !decided.contains($0.key) }
    }

    private func deleted(_ event: GoogleEvent, rest: [String: GoogleEvent]) -> String? {
        if let reason = untouchable(event) { return "\(event.shown) was deleted, and \(reason)" }
        let isDuplicate = rest.values.contains { $0.page == event.page }
        guard view.pages[event.page] != nil, !isDuplicate else { return nil }
        return "\(event.shown) was deleted, its page is there"
    }

    private func created(_ event: GoogleEvent, beside others: [GoogleEvent]) -> [String] {
        if let reason = untouchable(event) { return ["\(event.shown) was created, and \(reason)"] }
        guard let wanted = view.event(of: event.page) else {
            return ["\(event.shown) was created, its page asks for none"]
        }
        if others.contains(where: { $0.page == event.page }) { return ["\(event.shown) was created, its page had one"] }
        guard event.shown.limited(to: view.fields) == wanted else {
            return ["\(event.shown) was created, not \(wanted)"]
        }
        // One that was brought back has what it had.
        let former = scene.before?.events[event.id]?.shown
        return TextField.allCases.filter { !view.fields.contains($0) }.compactMap { field in
            let text = event.shown[field]
            return text == nil || text == former?[field] ? nil : "\(event.shown) has a \(field) that is people's"
        }
    }
}
