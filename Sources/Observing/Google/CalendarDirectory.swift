import CalendarAPI
import ReconcileModel

/// The account's calendar list, read at most once per run for all organizations.
actor CalendarDirectory {
    /// A calendar that carries a mark.
    struct Marked: Sendable {
        var id: CalendarID
        var mark: CalendarMark
        /// Whether the account made it: whoever copies a mark must not be given our events.
        var isOwn: Bool
        var owner: String?
    }

    private let calendars: CalendarClient
    private var reading: Task<Result<[CalendarListEntry], CalendarError>, Never>?

    init(calendars: CalendarClient) { self.calendars = calendars }

    /// Calendars that carry a mark, in the order of their ids.
    func marked() async throws(CalendarError) -> [Marked] {
        let account = calendars.account
        return try await entries().compactMap { entry in
            CalendarMark(in: entry.description ?? "").map { mark in
                Marked(id: entry.id, mark: mark, isOwn: entry.isOwn(of: account), owner: entry.dataOwner)
            }
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

/// The calendar lists of a run, one for each key: that one of them is refused is nothing that another is to suffer.
actor CalendarDirectories {
    private var directories: [String: CalendarDirectory] = [:]

    func directory(of calendars: CalendarClient) -> CalendarDirectory {
        if let known = directories[calendars.credential] { return known }
        let directory = CalendarDirectory(calendars: calendars)
        directories[calendars.credential] = directory
        return directory
    }
}
