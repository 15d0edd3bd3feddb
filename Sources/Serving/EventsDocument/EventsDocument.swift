import JSON
package import ReconcileModel

/// The answer of the events endpoint: the events of one organization as web pages read them.
///
/// Times are RFC 3339 in UTC. An all-day event has dates instead, and its `end` is its last day, as people and Notion say it:
/// an event of one day ends on the day it starts. (Google Calendar and iCalendar name the day after it.)
package struct EventsDocument: Sendable {
    private let organization: Organization
    private let id: Int64

    /// - Parameter id: the organization's number in the state.
    package init(organization: Organization, id: Int64) { (self.organization, self.id) = (organization, id) }

    /// JSON without line breaks, the events in the order given.
    ///
    /// - Parameter total: how many events there are, where those given are a part of them.
    package func render(_ events: [ShownEvent], total: Int) -> [UInt8] {
        // Most events need less; the buffer grows where descriptions are long.
        var writer = JSONWriter(.compact, reserving: 256 + events.count * 384)
        writer.object { writer in
            writer.member("status", "success")
            writer.member("organization_id", .integer(Int(id)))
            writer.member("organization_name", .string(organization.name))
            writer.name("events")
            writer.array { writer in
                for event in events { writer.event(event) }
            }
            writer.member("total_events", .integer(total))
        }
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func event(_ shown: ShownEvent) {
        let event = shown.event
        object { writer in
            writer.member("id", .string(shown.page.rawValue))
            writer.member("title", .string(event.summary))
            writer.member("start", .string(event.start.description))
            writer.member("end", .string(event.publicEnd.description))
            writer.member("location", .optional(event.location))
            writer.member("description", .optional(event.description))
            // Only where it is called off: what has no status takes place.
            if event.isCancelled { writer.member("status", "cancelled") }
            guard let occurrence = shown.occurrence else { return }
            writer.member("recurrence_id", .string(occurrence.id.description))
            writer.member("recurrence", .array(occurrence.lines.map(JSON.string)))
        }
    }
}

extension EventContent {
    /// The end as people mean it: of an all-day event the last day, of any other the time.
    var publicEnd: EventTime {
        guard case (.date(let start), .date(let end)) = (start, end) else { return end }
        return .date(max(start, end.adding(days: -1)))
    }
}
