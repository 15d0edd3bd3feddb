/// Events that change their calendar.
///
/// The reference says that the id is kept and that only events of the default type can be moved. What it does not say: the calendar that is
/// left shows the event as deleted, exceptions of a series go along, and an id that has a live event in the other calendar is taken.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events/move>
extension Engine {
    mutating func moveEvent(
        _ calendar: String,
        _ id: String,
        _ call: Call,
        _ caller: CalendarCaller
    ) throws(Refusal) -> JSONValue? {
        try require(.writerWithoutPrivateAccess, of: calendar, caller)
        guard let named = call.parameter("destination") else { throw .required("destination") }
        let destination = named == "primary" ? caller.email : named
        try require(.writerWithoutPrivateAccess, of: destination, caller)
        guard let stored = world.google.calendars[calendar], let event = stored.events[id], !event.isPurged else {
            throw .notFound
        }
        guard !event.isCancelled, event.seriesID == nil, event.fields["eventType"]?.string ?? "default" == "default"
        else { throw .invalid("Invalid value for: event") }
        if settings.refusesMoves { throw .forbidden }
        guard calendar != destination else { return try rendering(calendar, call, caller).resource(event) }
        let parts = stored.order.compactMap { stored.events[$0] }.filter { $0.seriesID == id }
        for one in [event] + parts {
            if let occupant = world.google.calendars[destination]?.events[one.id] {
                guard occupant.isCancelled, !occupant.isPurged, settings.movesReplaceDeleted else { throw .duplicate }
            }
        }
        for one in [event] + parts {
            var moved = one
            moved.updated = world.google.stamp(now)
            if settings.movesLoseMarks { moved.fields["extendedProperties"] = nil }
            world.google.calendars[destination]?.store(moved)
            let updated = world.google.stamp(now)
            world.google.calendars[calendar]?.edit(one.id, updated: updated) { $0.fields["status"] = "cancelled" }
        }
        world.serial += 1
        return try eventResource(destination, id, call, caller)
    }
}
