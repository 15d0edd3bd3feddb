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
    package func render(_ events: [DesiredEvent], total: Int) -> [UInt8] {
        // Most events need less; the buffer grows where descriptions are long.
        var json = JSONBytes(reserving: 256 + events.count * 384)
        json.raw(#"{"status":"success","organization_id":"#)
        json.number(id)
        json.raw(#","organization_name":"#)
        json.string(organization.name)
        json.raw(#","events":["#)
        var isFirst = true
        for event in events {
            if !isFirst { json.raw(",") }
            isFirst = false
            json.event(event)
        }
        json.raw(#"],"total_events":"#)
        json.number(total)
        json.raw("}")
        return json.bytes
    }
}

extension JSONBytes {
    fileprivate mutating func event(_ desired: DesiredEvent) {
        let event = desired.event
        raw(#"{"id":"#)
        string(desired.page.rawValue)
        raw(#","title":"#)
        string(event.summary)
        raw(#","start":"#)
        string(event.start.description)
        raw(#","end":"#)
        string(event.publicEnd.description)
        raw(#","location":"#)
        string(event.location)
        raw(#","description":"#)
        string(event.description)
        raw("}")
    }
}

extension EventContent {
    /// The end as people mean it: of an all-day event the last day, of any other the time.
    var publicEnd: EventTime {
        guard case (.date(let start), .date(let end)) = (start, end) else { return end }
        return .date(max(start, end.adding(days: -1)))
    }
}
