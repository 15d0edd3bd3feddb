import CalendarAPI
import Foundation
import ReconcileModel
import TestSupport
import Transport

@testable import Applying

/// What a call was answered, as a script says it.
enum Answer: Sendable {
    case event(LiveEvent)
    case deleted
    case error(CalendarError)
    /// After an earlier try of the same call that may have been carried out.
    indirect case repeated(Answer)

    /// Two errors after which nobody knows whether the call was carried out.
    static let lost = Answer.error(.transport(.interrupted(location: "https://example.org", reason: "reset")))
    static let unavailable = Answer.error(.service(status: 503))

    func result() throws -> Result<EventAnswer, CalendarError> {
        switch self {
        case .event(let live): .success(.event(try GoogleEvent(live)))
        case .deleted: .success(.deleted)
        case .error(let error): .failure(error)
        case .repeated(let answer): try answer.result()
        }
    }

    func eventResult() throws -> EventResult {
        let wasRepeated = if case .repeated = self { true } else { false }
        return EventResult(outcome: try result(), wasRepeated: wasRepeated)
    }
}

/// Plays a script of answers to a task.
struct Script {
    /// What the task called, in its order: `insert …1`, `get …1`, `patch …1 if "2"`, `delete …1 if "2"`.
    private(set) var calls: [String] = []
    private(set) var sent: [EventCall] = []
    private(set) var end: EventTask.Finished?
    /// Whether answers were left over.
    private(set) var isUsedUp = true

    init(_ change: EventChange, _ answers: [Answer]) throws {
        var task = EventTask(change, organization: "acm", target: .sample)
        note(task.firstCall)
        for answer in answers {
            guard end == nil else {
                isUsedUp = false
                return
            }
            switch task.next(after: try answer.eventResult(), describe: describe) {
            case .call(let call, _), .wait(_, let call): note(call)
            case .finished(let finished): end = finished
            }
        }
    }

    private mutating func note(_ call: EventCall) {
        sent.append(call)
        calls.append(Self.words(call))
    }

    private static func words(_ call: EventCall) -> String {
        let id = "…\(call.event.rawValue.drop { $0 == "0" }.suffix(12).drop { $0 == "0" })"
        func condition(_ etag: ETag?) -> String { etag.map { " if \($0)" } ?? "" }
        return switch call {
        case .get: "get \(id)"
        case .insert: "insert \(id)"
        case .move(_, let calendar): "move \(id) to \(calendar)"
        case .patch(_, _, let etag): "patch \(id)\(condition(etag))"
        case .update(_, _, let etag): "update \(id)\(condition(etag))"
        case .delete(_, let etag): "delete \(id)\(condition(etag))"
        }
    }

    /// The members of the last patch but the marks, and its status where it has one.
    var lastPatch: Set<String> {
        for call in sent.reversed() {
            guard case .patch(_, let patch, _) = call else { continue }
            let object = try? JSONSerialization.jsonObject(with: patch.data) as? [String: Any]
            return Set(object?.keys.filter { $0 != "extendedProperties" } ?? [])
        }
        return []
    }
}

private func describe(_ error: CalendarError) -> Failure { Failure(code: "calendar", message: "\(error)") }

extension EventTask.Finished {
    /// The outcome, and the version that is there, or that nothing is.
    var words: String {
        let link = linked.map { " linked \($0.etag)" } ?? ""
        return outcome.word + link + (isGone ? " gone" : "")
    }
}

extension GoogleEvent {
    /// As Google would write it.
    init(_ live: LiveEvent) throws {
        var object: [String: Any] = ["id": live.id.rawValue, "etag": live.etag.rawValue, "kind": "calendar#event"]
        object["status"] = live.status == .live ? "confirmed" : "cancelled"
        object["summary"] = live.isHidden ? nil : live.event?.summary
        if live.isHidden { object["visibility"] = "private" }
        object["description"] = live.event?.description
        object["location"] = live.event?.location
        object["start"] = live.event.map { Self.time($0.start) }
        object["end"] = live.event.map { Self.time($0.end) }
        object["recurringEventId"] = live.recurringEvent?.rawValue
        if let marks = live.marks {
            var members = ["notionPageId": marks.page.rawValue]
            members["reconcileOrg"] = marks.organization
            members["reconcileHash"] = marks.hash?.rawValue
            members["reconcileStored"] = marks.stored?.rawValue
            object["extendedProperties"] = ["private": members]
        }
        let data = try JSONSerialization.data(withJSONObject: object)
        self = try JSONDecoder().decode(GoogleEvent.self, from: data)
    }

    private static func time(_ time: EventTime) -> [String: String] {
        switch time {
        case .date(let date): ["date": date.description]
        case .instant(let instant): ["dateTime": instant.description]
        }
    }
}
