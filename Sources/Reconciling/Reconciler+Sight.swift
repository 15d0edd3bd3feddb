import CalendarAPI
import LinkStorage
import Observing
import ReconcileModel
import Transport

/// What is known of an organization beside its pages, for those who only show it.
enum Sight {
    /// Nothing: they decide.
    case pages
    /// What was published, of which runs decide what goes.
    case published
    /// What is in the calendar, of which runs decide what goes.
    case calendar
}

extension Reconciler {
    /// The pages, and what subscribers saw last or, where the state does not know the calendar or what was published of it, what
    /// is in it.
    func pages(
        of organization: Organization,
        _ stored: OrganizationRecord?,
        _ last: [PageID: PublishedEvent]
    ) async throws(Failure) -> (OrganizationState, Sight) {
        let linked = stored?.calendar.id
        if organization.isSyncEnabled, linked == nil || last.isEmpty,
            let found = try await seenByRun(organization, linked), case .existing = found.calendar
        {
            return (found, .calendar)
        }
        let isWritten = organization.isSyncEnabled && linked != nil
        let state = try await PageReader(notion: try clients.notion(of: organization), now: now).state(
            of: organization,
            remembered: stored,
            published: last.mapValues(\.event),
            proving: !isWritten
        )
        return (state, isWritten ? .published : .pages)
    }

    /// The organization as its next run will see it, where it may have a calendar.
    ///
    /// - Returns: nil where there is none, or Google does not tell.
    /// - Throws: what says that the pages are not all of ours, such as marks that tell of another database.
    private func seenByRun(
        _ organization: Organization,
        _ linked: CalendarID?
    ) async throws(Failure) -> OrganizationState? {
        let content: OrganizationObservation.Content?
        do {
            let snapshot = try await state.snapshot()
            let unknown = UnknownCalendars(
                calendars: try clients.calendars(of: organization),
                renames: Renames(state: snapshot, declared: declared)
            )
            // A run repeats its requests for longer than anybody waits for events.
            let looking = Task { (try? await unknown.mayHoldEvents(of: organization, linked: linked)) ?? false }
            let mayHoldEvents = await Patience.value(of: looking) { [clock] in
                try? await clock.sleep(for: .seconds(4))
            }
            looking.cancel()
            guard mayHoldEvents == true else { return nil }
            content = try await observe([organization], snapshot).organizations.first?.content
        } catch { return nil }
        switch content {
        case .observed(let state): return state
        case .failed(let failure):
            guard failure.isOfPages else { return nil }
            throw failure
        case .leftAlone, .misdeclared, nil: return nil
        }
    }
}

extension Failure {
    /// Whether it says that what the pages give is not, or not all of, what the organization's events are.
    fileprivate var isOfPages: Bool {
        switch code.subject {
        case .notion, .property: true
        case .calendar, .google, .sharing, .state, nil:
            [.calendarOfAnotherDatabase, .calendarHidden, .prefixReused].contains(code)
        }
    }
}
