package import CalendarAPI
import ReconcileModel

/// Finds an organization's calendar and reads its events.
struct CalendarObserver: Sendable {
    let calendars: CalendarClient
    let directory: CalendarDirectory
    let organization: Organization
    let database: DatabaseID
    let linked: CalendarID?
    /// What a declaration once gave by its id.
    let given: CalendarID?
    let mayRecreate: Bool

    typealias Side = (calendar: CalendarObservation, events: [EventID: LiveEvent])

    func read() async -> Result<Side, Failure> {
        do throws(Failure) {
            let calendar = try await find()
            guard case .existing(let live) = calendar else { return .success((calendar, [:])) }
            return .success((calendar, try await events(of: live.id)))
        } catch {
            return .failure(error)
        }
    }

    // MARK: - The calendar

    private func find() async throws(Failure) -> CalendarObservation {
        if let declared = organization.googleCalendar, let linked, declared != linked {
            throw Failure(
                code: "calendar_repointed",
                message:
                    "google_calendar_id names \(declared), but the events are linked to \(linked); moving them is not supported yet.",
                hint: "Restore google_calendar_id, or start a new state file to take over the other calendar."
            )
        }
        if let known = linked ?? organization.googleCalendar { return try await calendar(known) }
        guard let found = try await marked() else { return .missing }
        return try await calendar(found)
    }

    private func calendar(_ id: CalendarID) async throws(Failure) -> CalendarObservation {
        let answer: GoogleCalendar
        do throws(CalendarError) {
            answer = try await calendars.calendar(id)
        } catch {
            guard error.meansNotThere else { throw failure(error, id) }
            guard mayRecreate, organization.googleCalendar == nil else { throw notThere(error, id) }
            // A run that was killed after creating the new one has left it marked.
            guard let found = try await marked(), found != id else { return .missing }
            return try await calendar(found)
        }
        let mark = CalendarMark(in: answer.description ?? "")
        if let mark { try check(mark, on: id) }
        return .existing(
            LiveCalendar(
                id: answer.id,
                etag: answer.etag,
                summary: answer.summary ?? "",
                description: answer.description,
                timeZone: answer.timeZone,
                isCreatedByUs: mark != nil || organization.googleCalendar == nil && answer.id != given
            )
        )
    }

    /// The calendar that carries our mark: created by an earlier run whose link was lost, or whose answer never arrived.
    private func marked() async throws(Failure) -> CalendarID? {
        let found: [(id: CalendarID, mark: CalendarMark)]
        do throws(CalendarError) {
            found = try await directory.calendars(markedFor: organization.prefix)
        } catch {
            throw failure(error, nil)
        }
        for (id, mark) in found { try check(mark, on: id) }
        guard found.count <= 1 else {
            throw Failure(
                code: "calendar_ambiguous",
                message: "Several calendars are marked for \(organization.prefix): "
                    + found.map(\.id.rawValue).joined(separator: ", ") + ".",
                hint: "Name the right one as google_calendar_id in \(organization.source.file)."
            )
        }
        return found.first?.id
    }

    private func check(_ mark: CalendarMark, on id: CalendarID) throws(Failure) {
        guard mark.prefix == organization.prefix else {
            throw Failure(
                code: "calendar_of_another_organization",
                message: "The calendar \(id) is marked for the organization \(mark.prefix).",
                hint: "Name another google_calendar_id in \(organization.source.file), or none."
            )
        }
        guard mark.database == database else {
            throw Failure(
                code: "calendar_of_another_database",
                message: "The calendar \(id) is marked for the Notion database \(mark.database), "
                    + "but \(organization.source.file) names \(database).",
                hint: "Restore notion_database_id, or choose another prefix for the other database."
            )
        }
    }

    private func notThere(_ error: CalendarError, _ id: CalendarID) -> Failure {
        var failure = failure(error, id)
        if organization.googleCalendar == nil {
            failure.hint =
                "If it was deleted on purpose, --allow-recreate \(organization.prefix) creates a new one; "
                + "otherwise check that this is the right service account."
        }
        return failure
    }

    private func failure(_ error: CalendarError, _ id: CalendarID?) -> Failure {
        error.failure(on: id, account: calendars.account)
    }

    // MARK: - Its events

    private func events(of id: CalendarID) async throws(Failure) -> [EventID: LiveEvent] {
        try await CalendarReader(calendars: calendars).events(of: id)
    }
}

extension CalendarError {
    /// Google answers 404, and at times 403, both for what does not exist and for what this account may not see.
    package var meansNotThere: Bool {
        switch self {
        case .notFound: true
        case .forbidden(let reason, _): reason == "forbidden" || reason == "requiredAccessLevel"
        case .gone: true
        default: false
        }
    }
}
