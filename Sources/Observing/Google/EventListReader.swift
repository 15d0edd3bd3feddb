package import CalendarAPI
import Mapping
package import ReconcileModel

/// Reads the events of one calendar.
package struct EventListReader: Sendable {
    private let calendars: CalendarClient

    package init(calendars: CalendarClient) { self.calendars = calendars }

    /// All events, deleted ones with their id, version and marks alone among them; and what the account may do with the calendar.
    package func listing(of id: CalendarID) async throws(Failure) -> (events: [EventID: LiveEvent], role: CalendarRole?)
    {
        var events: [EventID: LiveEvent] = [:]
        var unseen: [EventID] = []
        var exceptions: [EventID: [SeriesException]] = [:]
        let role: CalendarRole?
        do throws(CalendarError) {
            let listing = try await calendars.events(of: id, showDeleted: true) { event in
                var live = event.liveEvent()
                if event.mayBeHidden { unseen.append(live.id) }
                if let series = live.recurringEvent, let original = live.originalStart {
                    exceptions[series, default: []].append(event.exception(original))
                }
                // Of a deleted event only the id, the version and the marks matter.
                if live.status == .cancelled { live.event = nil }
                live.isAsWritten = live.looksAsWritten
                events[live.id] = live
            }
            role = listing.accessRole.flatMap(CalendarRole.init(rawValue:))
        } catch {
            throw error.failure(on: id, account: calendars.account)
        }
        for (series, own) in exceptions {
            events[series]?.event?.exceptions = own.sorted { $0.original.order < $1.original.order }
        }
        // The list says at its end what the account may see of it.
        if let role { for event in unseen { events[event]?.isHidden = !role.seesPrivateEvents } }
        return (events, role)
    }
}

extension GoogleEvent {
    /// What became of an occurrence that is not as the rule of its series has it. What people made private is not to be shown.
    fileprivate func exception(_ original: EventTime) -> SeriesException {
        SeriesException(original, status == "cancelled" || isPrivate ? nil : content)
    }
}

extension LiveEvent {
    /// Whether the content still has the hash that is marked, whichever fields were managed when it was written. Only asked of
    /// events whose id does not tell that they are ours.
    fileprivate var looksAsWritten: Bool? {
        guard status == .live, let marks, let hash = marks.hash, let event, !id.isDerived(from: marks.page) else {
            return nil
        }
        return EventField.decisions.contains { fields in
            let content = ContentHash(of: event.limited(to: fields.union(marks.settingFields)))
            return content == hash || content == marks.stored
        }
    }
}
