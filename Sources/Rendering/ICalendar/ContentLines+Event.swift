import ReconcileModel

extension ContentLines {
    /// - Parameter revision: nil where nobody counts what is published; then the page's last edit tells versions apart.
    mutating func add(_ desired: DesiredEvent, _ revision: Revision?) {
        add(desired, desired.event, revision, of: nil)
        for exception in desired.event.exceptions {
            guard let content = exception.content else { continue }
            add(desired, content, revision, of: exception.original)
        }
    }

    /// - Parameter original: of an occurrence that is not as the rule has it, when that has it; nil: all of the event.
    private mutating func add(
        _ desired: DesiredEvent,
        _ event: EventContent,
        _ revision: Revision?,
        of original: EventTime?
    ) {
        let recurrence = desired.event.recurrence
        line("BEGIN:VEVENT")
        // Of the page alone, so that an event stays the same one whatever changes in it.
        line("UID:\(desired.page)@reconcile")
        if let revision { add(revision) } else { add(EditVersion(lastEdited: desired.lastEdited)) }
        if let original { line("RECURRENCE-ID\(value(original, in: recurrence))") }
        line("DTSTART\(value(event.start, in: recurrence))")
        if let end = end(of: event) { line("DTEND\(value(end, in: recurrence))") }
        if let recurrence, original == nil { add(recurrence, of: event) }
        text("SUMMARY", event.summary)
        if let location = event.location, !location.isEmpty { text("LOCATION", location) }
        if let description = event.description, !description.isEmpty { text("DESCRIPTION", description) }
        // Calendars take an event with the status CANCELLED out of sight, and nobody would see what its title says.
        if event.isCancelled { line("STATUS:CONFIRMED") }
        line("END:VEVENT")
    }

    private mutating func add(_ revision: Revision) {
        let time = value(.instant(revision.changedAt))
        line("DTSTAMP\(time)")
        line("LAST-MODIFIED\(time)")
        line("SEQUENCE:\(revision.sequence)")
    }

    private mutating func add(_ version: EditVersion) {
        line("DTSTAMP\(value(.instant(version.stamp)))")
        if let edited = version.edited { line("LAST-MODIFIED\(value(.instant(edited)))") }
        line("SEQUENCE:\(version.sequence)")
    }

    /// Nil where the event takes no time: an end must be later than the start, and without one a timed event ends as it starts.
    ///
    /// An event that would start on a day and end at a time, which no page asks for, has none either: both must be of one kind.
    /// <https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1>
    private func end(of event: EventContent) -> EventTime? {
        switch (event.start, event.end) {
        case (.date(let start), .date(let end)): end > start ? event.end : nil
        case (.instant(let start), .instant(let end)): end > start ? event.end : nil
        case (.date, .instant), (.instant, .date): nil
        }
    }

    /// `:20261120T170000Z` or `;VALUE=DATE:20261120`: the digits of the RFC 3339 form without the marks between them.
    func value(_ time: EventTime) -> String {
        let digits = time.description.filter { $0 != "-" && $0 != ":" }
        return switch time {
        case .date: ";VALUE=DATE:\(digits)"
        case .instant: ":\(digits)"
        }
    }
}

/// Which version of a page an event was made from, as calendar programs compare them.
///
/// Notion rounds edits to the minute. So two edits within a minute are one version; a program that reads the whole calendar
/// again shows the later one all the same.
struct EditVersion {
    /// Nil where Notion did not tell.
    let edited: Timestamp?

    init(lastEdited: String?) { edited = lastEdited.flatMap { Timestamp(rfc3339: $0) } }

    /// DTSTAMP; without a METHOD the time of the last revision. Where that is not known, the oldest time there is, so that
    /// any known edit is later.
    var stamp: Timestamp { edited ?? Timestamp(secondsSince1970: 0) }

    /// Minutes from 1970 to the edit: grows with each edit, and fits in 32 bits until the year 6053.
    var sequence: Int { min(max(0, stamp.secondsSince1970 / 60), Int(Int32.max)) }
}
