import LinkStorage
import Logging
import Observing
import Planning
import ReconcileModel
import Recurring

/// What subscribers see. Whoever publishes, does so here.
extension Reconciler {
    /// Reads the pages of an organization for the endpoints, and publishes what came of it.
    ///
    /// Where runs write the organization's calendar, events go from the feed when they go from the calendar; otherwise when
    /// their pages, looked at alone, are proven to ask for none. Nothing limits the latter, for there is no run that could be
    /// allowed to do more.
    ///
    /// - Parameter remembered: what the state knows of the organization, under whichever prefix.
    func publishedEvents(
        of organization: Organization,
        _ unsaved: UnsavedPublications,
        remembered: () async throws(Failure) -> OrganizationRecord?
    ) async throws(Failure) -> EventListing {
        let stored: OrganizationRecord?
        do throws(Failure) { stored = try await remembered() } catch {
            // What is only shown does without a state.
            guard !organization.isSyncEnabled else { throw error }
            stored = nil
        }
        // One that was renamed has its rows under the prefix before, until a run takes it over.
        let prefix = await storedPrefix(of: stored) ?? organization.prefix
        let last = await lastPublished(of: prefix, unsaved)
        // Also while there is no key that could write: what the calendar keeps, the feed keeps.
        if organization.isSyncEnabled, stored?.hold != nil {
            if !last.isEmpty { return EventListing(prefix: organization.prefix, published: last, warnings: []) }
            // Nothing, or not known in a state of before it was published: the links tell.
            if let calendar = stored?.calendar.id,
                let linked = await linkedContents(
                    of: organization,
                    prefix,
                    on: calendar,
                    fields: stored?.fields.managed ?? []
                )
            {
                let published = await save(linked, of: prefix, over: last, unsaved)
                return EventListing(prefix: organization.prefix, published: published, warnings: [])
            }
        }
        let (state, sight) = try await pages(of: organization, stored, last)
        let isWritten = sight != .pages
        var shown = organization
        // Where no run decides, nobody is asked: what asks for no event is gone.
        if !isWritten, shown.deletions == .confirm { shown.deletions = .auto }
        let observed = OrganizationObservation(organization: shown, content: .observed(state))
        let plan = Planner().plan(Observation(organizations: [observed])).organizations
        guard let plan = plan.first else {
            return EventListing(prefix: organization.prefix, published: last, warnings: [])
        }
        let report = OrganizationReport(plan: plan) { _, line in
            isWritten && !line.isPublishedAhead ? .skipped("a run decides") : .applied
        }
        var contents = Publication(after: report, of: state, last: last.mapValues(\.event)).contents
        if organization.isSyncEnabled, last.isEmpty, sight != .calendar, let calendar = stored?.calendar.id,
            let linked = await linkedContents(of: organization, prefix, on: calendar, fields: state.managedFields)
        {
            contents.merge(linked.filter { state.window.holds($0.value) }) { _, linked in linked }
        }
        let published = await save(contents, of: prefix, over: last, unsaved)
        return EventListing(prefix: organization.prefix, published: published, warnings: plan.warnings)
    }

    /// Publishes what a run has left in the calendars.
    ///
    /// - Returns: what is published now of each organization that was observed.
    @discardableResult
    func publish(
        _ observation: Observation,
        after report: Report,
        _ session: any StateSession,
        _ unsaved: UnsavedPublications = UnsavedPublications()
    ) async -> [String: EventListing] {
        var listings: [String: EventListing] = [:]
        for observed in observation.organizations {
            let prefix = observed.organization.prefix
            guard case .observed(let state) = observed.content,
                let own = report.organizations.first(where: { $0.plan.organization.prefix == prefix })
            else { continue }
            let last = await lastPublished(of: prefix, session, unsaved)
            let contents = Publication(after: own, of: state, last: last.mapValues(\.event)).contents
            let published = await save(contents, of: prefix, over: last, unsaved) { contents throws(StateError) in
                try await session.publish(contents, of: prefix)
            }
            listings[prefix] = EventListing(prefix: prefix, published: published, warnings: own.plan.warnings)
        }
        return listings
    }

    /// Takes back for subscribers what an undo has taken back.
    func publish(undoing report: Report, _ session: any StateSession) async {
        let unsaved = UnsavedPublications()
        for own in report.organizations where own.plan.target != nil {
            let prefix = own.plan.organization.prefix
            let last = await lastPublished(of: prefix, session, unsaved)
            let contents = Publication.contents(undoing: own, last: last.mapValues(\.event))
            _ = await save(contents, of: prefix, over: last, unsaved) { contents throws(StateError) in
                try await session.publish(contents, of: prefix)
            }
        }
    }

    // MARK: - What was published so far

    /// What subscribers saw last, for as long as Notion cannot be read.
    ///
    /// - Parameter remembered: what the state knows of the organization, under whichever prefix.
    func lastPublished(
        of organization: Organization,
        _ unsaved: UnsavedPublications,
        remembered: () async throws(Failure) -> OrganizationRecord?
    ) async -> LastPublished? {
        let stored: OrganizationRecord?
        do throws(Failure) { stored = try await remembered() } catch { return nil }
        let last = await lastPublished(of: await storedPrefix(of: stored) ?? organization.prefix, unsaved)
        let lastSync = stored?.lastSync.flatMap { Timestamp(rfc3339: $0) }
        guard let changed = last.values.map(\.revision.changedAt).max() else { return nil }
        let seen = max(changed, lastSync ?? changed)
        return LastPublished(
            listing: EventListing(prefix: organization.prefix, published: last, warnings: []),
            age: .seconds(max(0, now().secondsSince1970 - seen.secondsSince1970))
        )
    }

    private func lastPublished(of prefix: String, _ unsaved: UnsavedPublications) async -> [PageID: PublishedEvent] {
        if let kept = unsaved[prefix] { return kept }
        do throws(StateError) { return try await state.published(of: prefix) } catch { return [:] }
    }

    private func lastPublished(
        of prefix: String,
        _ session: any StateSession,
        _ unsaved: UnsavedPublications
    ) async -> [PageID: PublishedEvent] {
        if let kept = unsaved[prefix] { return kept }
        do throws(StateError) { return try await session.published(of: prefix) } catch { return [:] }
    }

    /// What a reading of the pages came to, of which no run knows.
    private func save(
        _ contents: [PageID: EventContent],
        of prefix: String,
        over last: [PageID: PublishedEvent],
        _ unsaved: UnsavedPublications
    ) async -> [PageID: PublishedEvent] {
        // What memory has is newer than the state, and nobody else's.
        let known = unsaved[prefix] == nil ? last : nil
        return await save(contents, of: prefix, over: last, unsaved) { contents throws(StateError) in
            try await state.publish(contents, of: prefix, over: known)
        }
    }

    /// - Parameter write: to the state; where that fails, what is published is kept in memory.
    private func save(
        _ contents: [PageID: EventContent],
        of prefix: String,
        over last: [PageID: PublishedEvent],
        _ unsaved: UnsavedPublications,
        _ write: ([PageID: (event: EventContent, hash: ContentHash)]) async throws(StateError) -> [PageID:
            PublishedEvent]
    ) async -> [PageID: PublishedEvent] {
        let contents = contents.mapValues { (event: $0, hash: PublishedEvent.hash(of: $0)) }
        do throws(StateError) {
            let published = try await write(contents)
            unsaved[prefix] = nil
            return published
        } catch {
            logger.warning(
                "what was published could not be recorded",
                metadata: ["organization": "\(prefix)", "error": "\(error.failure)"]
            )
            let published = PublishedEvent.revised(last, to: contents, at: now())
            unsaved[prefix] = published
            return published
        }
    }

    private func storedPrefix(of stored: OrganizationRecord?) async -> String? {
        guard let stored else { return nil }
        do throws(StateError) {
            return try await state.overview(runs: 0).organizations.first { $0.value.id == stored.id }?.key
        } catch { return nil }
    }

    /// Before the first publication only the calendar knows what its events say: of pages that cannot be read or are not listed,
    /// and of those whose changes a limit or a hold may keep out of it.
    ///
    /// - Parameter prefix: under which the state has the organization.
    /// - Returns: nil where Google did not tell.
    private func linkedContents(
        of organization: Organization,
        _ prefix: String,
        on calendar: CalendarID,
        fields: Set<EventField>
    ) async -> [PageID: EventContent]? {
        do {
            let links = try await state.links(of: prefix).filter { $0.value.calendar == calendar }
            guard !links.isEmpty else { return [:] }
            return try await LinkedContent(calendars: try clients.calendars(of: organization))
                .read(links.mapValues(\.event), on: calendar, fields: fields)
        } catch {
            // The next run reads the whole calendar, and completes it.
            logger.warning(
                "events of pages that cannot be read are not known yet",
                metadata: ["organization": "\(prefix)", "error": "\(error)"]
            )
            return nil
        }
    }
}

extension PlanLine {
    /// Whether subscribers may see it before the calendar has it: what no limit holds back, and takes nothing away.
    fileprivate var isPublishedAhead: Bool {
        switch todo {
        case .event(.create), .event(.update), .event(.move), .adopt: true
        case .event(.delete), .event(.release), .calendar, .access, .page, nil: false
        }
    }
}
