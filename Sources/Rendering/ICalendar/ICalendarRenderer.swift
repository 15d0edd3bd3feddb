package import ReconcileModel

/// The events of an organization as an iCalendar document, for calendar programs to subscribe to.
///
/// Nothing but what the public events endpoint shows is in it: no address of Notion or Google, no person. Equal listings give
/// equal bytes, whatever the time of day is.
///
/// There is no METHOD: with one, DTSTAMP would have to be the time of the rendering, and every event would need an
/// organizer (RFC 5546, section 3.2.1).
/// <https://www.rfc-editor.org/rfc/rfc5545>
package struct ICalendarRenderer: Sendable {
    private let refreshInterval: Duration

    /// - Parameter refreshInterval: how long programs are asked to wait before they read it again.
    package init(refreshInterval: Duration) { self.refreshInterval = refreshInterval }

    package func render(_ listing: EventListing, of organization: Organization) -> String {
        // Most events need less; the buffer grows where descriptions are long.
        var lines = ContentLines(reserving: 1_024 + listing.events.count * 512)
        lines.line("BEGIN:VCALENDAR")
        addProperties(of: organization, to: &lines)
        lines.addZones(of: listing.events)
        for event in listing.events { lines.add(event, listing.revisions[event.page]) }
        if listing.events.isEmpty { lines.addZone() }
        lines.line("END:VCALENDAR")
        return String(decoding: lines.bytes, as: UTF8.self)
    }

    private func addProperties(of organization: Organization, to lines: inout ContentLines) {
        lines.line("VERSION:2.0")
        lines.line("PRODID:-//reconcile//reconcile//EN")
        lines.line("CALSCALE:GREGORIAN")
        lines.text("NAME", organization.calendarName)
        lines.text("X-WR-CALNAME", organization.calendarName)
        // The zone to show the events in; but for those of series, their times are in UTC.
        lines.text("X-WR-TIMEZONE", organization.timeZone)
        lines.line("REFRESH-INTERVAL;VALUE=DURATION:\(interval)")
        lines.line("X-PUBLISHED-TTL:\(interval)")
    }

    /// In one unit: `PT1H30S` would not be legal.
    ///
    /// <https://www.rfc-editor.org/rfc/rfc5545#section-3.3.6>
    private var interval: String {
        let seconds = max(1, refreshInterval.components.seconds)
        return switch seconds {
        case _ where seconds.isMultiple(of: 3_600): "PT\(seconds / 3_600)H"
        case _ where seconds.isMultiple(of: 60): "PT\(seconds / 60)M"
        default: "PT\(seconds)S"
        }
    }
}

extension ContentLines {
    /// A calendar must have one component at least (RFC 5545, section 3.4): the zone that all times are in.
    fileprivate mutating func addZone() {
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
            "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
        ]
        for text in zone { line(text) }
    }
}
