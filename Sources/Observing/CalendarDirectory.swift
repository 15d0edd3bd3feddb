import CalendarAPI
import ReconcileModel

/// The account's calendar list, read at most once per run and only when some organization needs it.
actor CalendarDirectory {
    private let calendars: CalendarClient
    private var reading: Task<Result<[CalendarListEntry], CalendarError>, Never>?

    init(calendars: CalendarClient) { self.calendars = calendars }

    /// Calendars that carry a mark with this prefix, in the order of their ids.
    func calendars(markedFor prefix: String) async throws(CalendarError) -> [(id: CalendarID, mark: CalendarMark)] {
        let entries = try await entries()
        return entries.compactMap { entry in
            guard let mark = CalendarMark(in: entry.description ?? ""), mark.prefix == prefix else { return nil }
            return (entry.id, mark)
        }.sorted { $0.id < $1.id }
    }

    private func entries() async throws(CalendarError) -> [CalendarListEntry] {
        if let reading { return try await reading.value.get() }
        let task = Task { [calendars] in
            do throws(CalendarError) {
                return Result<[CalendarListEntry], CalendarError>.success(try await calendars.calendarList())
            } catch {
                return .failure(error)
            }
        }
        reading = task
        return try await task.value.get()
    }
}
