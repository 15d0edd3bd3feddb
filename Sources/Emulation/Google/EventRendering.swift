import Foundation
import Signing

/// How events look in answers.
struct EventRendering {
    var calendarID: String
    var calendarSummary: String
    /// The zone in which times are written.
    var zone: Zone
    var viewer: String
    /// What the viewer may do with the calendar.
    var role: AccessRole
    /// Links take longer than all the rest: they are made only where they are sent.
    var showsLinks = true

    func resource(_ event: GoogleEvent) -> JSONValue {
        if role < .writer, isPrivate(event) { return busy(event) }
        var resource = event.fields
        resource["kind"] = "calendar#event"
        resource["etag"] = .string(event.etag)
        resource["id"] = .string(event.id)
        if showsLinks { resource["htmlLink"] = .string(link(to: event)) }
        resource["created"] = .string(Milliseconds.text(event.created))
        resource["updated"] = .string(Milliseconds.text(event.updated))
        resource["creator"] = account(event.creator)
        if resource["organizer"] == nil { resource["organizer"] = organizer }
        resource["start"] = event.start.resource(in: zone)
        resource["end"] = event.end.resource(in: zone)
        resource["iCalUID"] = .string(event.iCalUID)
        resource["sequence"] = .int(event.sequence)
        resource["reminders"] = event.reminders[viewer] ?? ["useDefault": true]
        resource["eventType"] = resource["eventType"] ?? "default"
        // `source` is the creator's own.
        if event.creator != viewer { resource["source"] = nil }
        return .object(resource)
    }

    /// All that an incremental list says of a deleted event.
    func tombstone(_ event: GoogleEvent) -> JSONValue {
        var resource: JSONValue = [
            "kind": "calendar#event", "etag": .string(event.etag), "id": .string(event.id), "status": "cancelled",
        ]
        for name in ["recurringEventId", "originalStartTime"] { resource[name] = event.fields[name] }
        return resource
    }

    private func isPrivate(_ event: GoogleEvent) -> Bool {
        role == .freeBusyReader || ["private", "confidential"].contains(event.fields["visibility"]?.string ?? "")
    }

    private func busy(_ event: GoogleEvent) -> JSONValue {
        var resource = tombstone(event)
        resource["status"] = event.fields["status"]
        resource["visibility"] = event.fields["visibility"]
        resource["start"] = event.start.resource(in: zone)
        resource["end"] = event.end.resource(in: zone)
        return resource
    }

    private func account(_ email: String) -> JSONValue {
        email == calendarID ? ["email": .string(email), "self": true] : ["email": .string(email)]
    }

    private var organizer: JSONValue {
        ["email": .string(calendarID), "displayName": .string(calendarSummary), "self": true]
    }

    private func link(to event: GoogleEvent) -> String {
        let short = calendarID.replacingOccurrences(of: "@group.calendar.google.com", with: "@g")
            .replacingOccurrences(of: "@gmail.com", with: "@m")
        return "https://www.google.com/calendar/event?eid=\(Base64URL.encode(Data("\(event.id) \(short)".utf8)))"
    }
}
