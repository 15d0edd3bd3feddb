package import CalendarAPI
import ReconcileModel

/// Finds an organization's calendar and reads its events.
struct CalendarObserver: Sendable {
    let calendars: CalendarClient
    let directory: CalendarDirectory
    let identity: CalendarIdentity
    let linked: CalendarID?
    /// What a declaration once gave by its id.
    let given: CalendarID?
    /// The one that its events leave: it has our mark until that is done.
    let leaving: CalendarID?
    let mayRecreate: Bool

    private var organization: Organization { identity.organization }

    typealias Side = (calendar: CalendarObservation, events: [EventID: LiveEvent])

    func read() async -> Result<Side, Failure> {
        do throws(Failure) {
            let calendar = try await find()
            guard case .existing(var live) = calendar else { return .success((calendar, [:])) }
            let (events, role) = try await EventListReader(calendars: calendars).listing(of: live.id)
            live.access = role.map { CalendarAccess(role: $0, account: calendars.account) }
            if let access = live.access, !access.role.seesEvents { throw unseen(access, on: live.id) }
            return .success((.existing(live), events))
        } catch {
            return .failure(error)
        }
    }

    // MARK: - The calendar

    /// The calendar alone, as runs find it: with an error where they would have one.
    func find() async throws(Failure) -> CalendarObservation {
        if let declared = organization.googleCalendar {
            return try await calendar(declared)
        }
        if let linked {
            let found = try await calendar(linked)
            if case .existing(let live) = found, live.id == linked { try await checkSecond(beside: linked) }
            return found
        }
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
            guard let found = try await marked(except: id) else { return .missing }
            return try await calendar(found)
        }
        let mark = answer.mark
        if let mark {
            try identity.check(mark, on: id)
            // Whose a mark with another prefix is, a declaration that cannot be read might tell.
            if mark.prefix != organization.prefix, id != linked {
                try identity.renames.checkHidden(mark, for: organization)
            }
        }
        return .existing(
            answer.live(
                isCreatedByUs: organization.googleCalendar == nil && answer.id != given
                    || mark != nil && answer.isOwn(of: calendars.account)
            )
        )
    }

    // MARK: - Marks

    /// The calendar that carries our mark: created by an earlier run whose link was lost, or whose answer never arrived.
    ///
    /// - Parameter vanished: one that is not there any more, whatever the list says.
    private func marked(except vanished: CalendarID? = nil) async throws(Failure) -> CalendarID? {
        try await checkExact()
        let all = try await listed().filter { $0.id != vanished }
        let own = all.filter(\.isOwn)
        // The name comes first, then the database under a name that is nobody's any more.
        let named = own.filter { identity.names($0.mark) }
        let exact = named.filter { identity.isHere($0.mark) }
        if let found = try single(exact) { return found }
        if let other = named.first {
            try identity.check(other.mark, on: other.id)
            return try single(named)
        }
        let former = own.filter { identity.mayMean($0.mark) }
        if let first = former.first {
            try identity.renames.checkHidden(first.mark, for: organization)
            let rivals = identity.renames.rivals(of: organization, for: identity.database, identity.dataSource)
            guard rivals.isEmpty else { throw identity.renames.contested(first.mark.prefix, organization, rivals) }
            return try single(former)
        }
        if let reused = own.first(where: { identity.isReused($0.mark) }) { throw reusedMark(reused) }
        if let foreign = all.first(where: { !$0.isOwn && identity.mayMean($0.mark) }) { throw notOurs(foreign) }
        return nil
    }

    /// Another calendar than the declared one that carries our mark: a state that was lost had the events there.
    func markedBesideDeclared() async throws(Failure) -> CalendarID? {
        guard let declared = organization.googleCalendar else { return nil }
        let others = try await marked(beside: [declared])
        return others.count == 1 ? others.first?.id : nil
    }

    /// - Throws: where a calendar of ours by its mark is somebody else's by declaration or state: a copy of the state that is older
    ///   than a rename says so. A second calendar would be the end of the first one's subscribers.
    private func checkExact() async throws(Failure) {
        let exact = try await everyMarked().first { other in
            other.isOwn && other.mark.prefix == organization.prefix && identity.isHere(other.mark)
                && holder(of: other) != nil
        }
        guard let exact, let holder = holder(of: exact) else { return }
        throw Failure(
            code: "calendar_held_elsewhere",
            message:
                "The calendar \(exact.id) is marked for \(organization.prefix) and its Notion database, but by declaration or state "
                + "it is that of \(holder.prefix): no other calendar is created.",
            hint:
                "If the state is a copy from before a rename, use the newest one (--state); if \(holder.source.file) names the "
                + "calendar by mistake, take the line out."
        )
    }

    /// Our calendars by their mark, without these.
    private func marked(beside known: [CalendarID?]) async throws(Failure) -> [CalendarDirectory.Marked] {
        try await listed().filter {
            $0.isOwn && !known.contains($0.id) && identity.isHere($0.mark) && identity.names($0.mark)
        }
    }

    /// Calendars with a mark that nobody else is known to have.
    private func listed() async throws(Failure) -> [CalendarDirectory.Marked] {
        try await everyMarked().filter { holder(of: $0) == nil }
    }

    private func everyMarked() async throws(Failure) -> [CalendarDirectory.Marked] {
        do throws(CalendarError) { return try await directory.marked() } catch { throw failure(error, nil) }
    }

    private func holder(of marked: CalendarDirectory.Marked) -> Organization? {
        identity.renames.holder(of: marked.id, than: organization)
    }

    private func single(_ found: [CalendarDirectory.Marked]) throws(Failure) -> CalendarID? {
        guard found.count <= 1 else { throw .severalCalendars(of: organization, Set(found.map(\.id))) }
        return found.first?.id
    }

    /// Another run that knew nothing of this state may have made a calendar too. Only people know which one is subscribed to.
    private func checkSecond(beside linked: CalendarID) async throws(Failure) {
        let others = try await marked(beside: [linked, leaving])
        guard !others.isEmpty else { return }
        throw .severalCalendars(of: organization, Set(others.map(\.id) + [linked]), keeping: linked)
    }

    /// Calendars of organizations that are not declared any more, where one of them may have been ours: of another database, where
    /// a new one is about to be created; of ours, where there already is one, for then nothing follows by itself.
    func leftBehind(by calendar: CalendarObservation) async throws(Failure) -> [Warning] {
        guard organization.googleCalendar == nil else { return [] }
        let file = organization.source.file
        return try await listed().compactMap { other in
            guard other.isOwn, identity.renames.isFree(other.mark.prefix), !identity.names(other.mark),
                other.id != calendar.id
            else { return nil }
            if calendar.id == nil {
                return Warning(
                    code: "calendar_of_nobody",
                    message:
                        "The calendar \(other.id) is marked for \(other.mark.prefix), which is not declared any more. If that "
                        + "is what \(organization.prefix) was called, add `previously: [\(other.mark.prefix)]` to \(file) before a "
                        + "calendar is created."
                )
            }
            guard identity.mayMean(other.mark) else { return nil }
            return Warning(
                code: "calendar_of_nobody",
                message:
                    "The calendar \(other.id) is marked for \(other.mark.prefix), which is not declared any more, and for the same "
                    + "Notion database. If that is what \(organization.prefix) was called, add `previously: "
                    + "[\(other.mark.prefix)]` to \(file), and `google_calendar_id:` with the calendar to keep."
            )
        }
    }

    private func reusedMark(_ other: CalendarDirectory.Marked) -> Failure {
        Failure(
            code: .prefixReused,
            message:
                "The calendar \(other.id) is marked for \(other.mark.prefix) and for the Notion database of "
                + "\(organization.prefix), but \(other.mark.prefix) is declared for another database: whose it is cannot be told, "
                + "and no other calendar is created.",
            hint: "If it is the calendar of \(organization.prefix), name it in \(organization.source.file): "
                + "`google_calendar_id: \(other.id)`. If it is that of \(other.mark.prefix), run `reconcile apply "
                + "\(other.mark.prefix)` first."
        )
    }

    /// Nothing follows from a calendar of which no event is seen: neither that it is in order, nor which fields pages decide.
    private func unseen(_ access: CalendarAccess, on id: CalendarID) -> Failure {
        Failure(
            code: .calendarHidden,
            message:
                "Google Calendar \(id) shows \(access.account) only when somebody is busy (as \(access.role.rawValue)): none of "
                + "its events can be seen, and nothing was changed.",
            hint: CalendarAccess.hint(.writer, for: access.account)
        )
    }

    private func notOurs(_ foreign: CalendarDirectory.Marked) -> Failure {
        let owner = foreign.owner.map { "\($0) owns it" } ?? "this account does not own it"
        return Failure(
            code: "calendar_mark_foreign",
            message:
                "The calendar \(foreign.id) in the list of \(calendars.account) is marked for \(foreign.mark.prefix), but "
                + "\(owner): anybody can copy a mark, so it is not used, and no other calendar is created.",
            hint: "If it is the organization's calendar, name it in \(organization.source.file): "
                + "`google_calendar_id: \(foreign.id)`. Otherwise take it out of the account's calendar list."
        )
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
