import ReconcileModel
import Recurring

/// Plans the events of one organization, page by page.
struct EventPlanner {
    struct Result {
        var creations: [EventCreation] = []
        var updates: [EventUpdate] = []
        var deletions: [EventDeletion] = []
        var adoptions: [EventAdoption] = []
        var staleLinks: [PageID] = []
        var warnings: [Warning] = []
        var unchanged = 0
        /// Our events in the calendar, duplicates included: what the limits are a share of.
        var managedCount = 0
        /// Pages that have an event of ours there.
        var pagesWithEvents = 0
    }

    let organization: Organization
    let state: OrganizationState

    func plan() -> Result {
        var result = Result()
        let all = state.copies()
        // What lies outside of the window is neither counted nor touched.
        let copies = all.filter { state.isInWindow($0, $1.all) }
        result.managedCount = copies.values.reduce(0) { $0 + $1.all.count }
        result.pagesWithEvents = copies.values.count { !$0.all.isEmpty }
        // Which events are the same can only be told of all pages.
        if state.databaseChange != nil, state.listing != .complete { return result }
        let takeovers = Takeovers(state: state, copies: copies.mapValues(\.ours))
        let hidden = HiddenEvents(state)
        for page in Set(state.pages.desired.map(\.page)).union(all.keys).union(state.links.keys).sorted() {
            let ours = all[page]?.all ?? []
            let isKnown = !ours.isEmpty || state.pages[page]?.desired != nil
            guard !isKnown || state.isInWindow(page, ours) else { continue }
            if let event = hidden.event(of: page, copies: ours) {
                result.warnings.append(hidden.warning(about: page, event))
            } else {
                plan(page, copies: ours, parts: all[page]?.parts ?? [], takeovers, into: &result)
            }
        }
        result.warnings += StrangerNotes(state: state, copies: all).warnings
        withholdDeletions(&result)
        result.warnings += result.deletions.compactMap { .occurrencesLost(by: $0) }
        return result
    }

    private func plan(
        _ page: PageID,
        copies: [LiveEvent],
        parts: [LiveEvent],
        _ takeovers: Takeovers,
        into result: inout Result
    ) {
        // Its event is that of another page from now on, and the link goes along.
        if takeovers.pages.contains(page) { return }
        switch state.pages[page] {
        case .wants(let desired):
            if let event = takeovers.events[page] { return planTakeover(desired, event, into: &result) }
            if let kept = copies.first {
                planExisting(desired, kept, into: &result)
            } else {
                planMissing(desired, into: &result)
            }
            let spare = copies.dropFirst().filter { copy in
                // A series of a page that asks for none is a part that somebody split off.
                (!copy.isSeries || desired.event.recurrence != nil) && state.window.holds(copy)
            }
            result.deletions += spare.map { .duplicate($0, of: page) }
        case .invalid: break
        case .absent where copies.isEmpty, nil where copies.isEmpty:
            if state.links[page] != nil, state.listing == .complete { result.staleLinks.append(page) }
        case .absent(let absence, _):
            let inside = copies.filter { state.window.holds($0) }
            planAbsent(page, absence, copies: inside, parts: Set(parts.map(\.id)), into: &result)
        case nil: break  // The listing was incomplete: its message says so once for all.
        }
    }

    // MARK: - Pages that ask for an event

    private func planExisting(_ desired: DesiredEvent, _ live: LiveEvent, into result: inout Result) {
        let link = state.links[desired.page].flatMap { $0.event == live.id ? $0 : nil }
        let isUntouched =
            link.map { $0.written.hash == desired.hash && $0.written.etag.isSameVersion(as: live.etag) } ?? false
        // Nobody changed it since we wrote just this: whatever differs is how Google writes it down.
        let stored = storedHash(desired, live, link, isUntouched: isUntouched)
        let released = released(desired, live)
        let fields = ((isUntouched || stored != nil ? [] : differences(desired, live)) + released).sorted()
        if !fields.isEmpty {
            // What its template sets no more is put back to what a new event has, once.
            var wanted = desired
            for field in released { wanted.event[field] = .empty }
            let update = EventUpdate(
                desired: wanted,
                live: live,
                fields: fields,
                reason: updateReason(desired, live, link),
                cause: updateCause(desired, link)
            )
            result.updates.append(update)
            result.warnings += [.occurrencesLost(by: update)].compactMap(\.self)
            if update.isUnveiling {
                let message =
                    "\"\(desired.event.summary)\" was private and becomes visible to everybody who sees the calendar, and in our "
                    + "public addresses."
                result.warnings.append(Warning(code: "event_unveiled", message: message, page: desired.page))
            }
        } else if let link, link.written.hash == desired.hash, stored == nil || stored == link.written.storedHash,
            isHere(link)
        {
            result.unchanged += 1
        } else {
            result.adoptions.append(
                EventAdoption(desired: desired, event: live.id, etag: live.etag, storedHash: stored)
            )
        }
    }

    /// Whether a link is to this calendar, or becomes it as its event is moved; one into the calendar that is left has to be made anew.
    private func isHere(_ link: Link) -> Bool {
        link.calendar == state.calendar.id || state.move?.movable.contains(link.event) == true
    }

    /// The event of a page of the former database becomes that of one of the new: its mark is always written.
    private func planTakeover(_ desired: DesiredEvent, _ live: LiveEvent, into result: inout Result) {
        let fields = differences(desired, live)
        let update = EventUpdate(desired: desired, live: live, fields: fields, reason: .databaseChanged)
        result.updates.append(update)
        result.warnings += [.occurrencesLost(by: update)].compactMap(\.self)
    }

    /// The digest of what stands there, where that is what Google made of just this content: to write it again would change nothing.
    private func storedHash(
        _ desired: DesiredEvent,
        _ live: LiveEvent,
        _ link: Link?,
        isUntouched: Bool
    ) -> ContentHash? {
        guard let content = live.contentHash else { return nil }
        let isKnown =
            isUntouched || link?.written.hash == desired.hash && link?.written.storedHash == content
            || live.marks?.hash == desired.hash && live.marks?.stored == content
        return isKnown ? content : nil
    }

    /// Fields that a template set and sets no more, where they still hold that.
    private func released(_ desired: DesiredEvent, _ live: LiveEvent) -> [EventField] {
        guard let marks = live.marks, let content = live.event else { return [] }
        return marks.settingsHeld(by: content)
            .filter { desired.event[$0] == nil && content.text(of: $0) != nil }.sorted()
    }

    private func differences(_ desired: DesiredEvent, _ live: LiveEvent) -> [EventField] {
        live.event.map { desired.event.differences(from: $0) } ?? desired.event.fields
    }

    /// Edited: the page changed since we wrote. Drift: the page did not, so somebody changed the event. An event we never
    /// wrote (the predecessor's, or one without a link and hash) is adopted.
    private func updateReason(_ desired: DesiredEvent, _ live: LiveEvent, _ link: Link?) -> Reason {
        guard let written = link?.written.hash ?? live.marks?.hash else { return .adopted }
        return written == desired.hash ? .drift : .edited
    }

    /// What we last wrote is what an earlier version of this program made of the page as it still is.
    private func updateCause(_ desired: DesiredEvent, _ link: Link?) -> String? {
        guard let link = link?.written, link.hash == desired.formerHash, link.lastEdited == desired.lastEdited else {
            return nil
        }
        return "this version of reconcile writes out the addresses of links and the coordinates of places"
    }

    private func planMissing(_ desired: DesiredEvent, into result: inout Result) {
        let link = state.links[desired.page]
        if let linked = link.flatMap({ state.events[$0.event] }), linked.status == .cancelled,
            isRevivable(linked, desired.page)
        {
            result.creations.append(.reviving(linked, as: desired))
            return
        }
        for generation in 0... {
            let id = EventID(derivedFrom: desired.page, generation: generation)
            guard let occupant = state.events[id] else {
                let reason: Reason = link == nil ? .newPage : .drift
                result.creations.append(EventCreation(desired: desired, id: id, reason: reason))
                return
            }
            if isRevivable(occupant, desired.page) {
                result.creations.append(.reviving(occupant, as: desired))
                return
            }
            let message =
                "The event \(id) has the id of this page but not its mark; it is left alone, another id is used."
            result.warnings.append(Warning(code: "event_id_taken", message: message, page: desired.page))
        }
    }

    /// Tombstones may have lost their marks: only a mark of another page speaks against them.
    private func isRevivable(_ event: LiveEvent, _ page: PageID) -> Bool {
        guard event.status == .cancelled else { return false }
        guard let marks = event.marks else { return state.ownership.linkedElsewhere[event.id] == nil }
        return marks.page == page && state.owner(of: event) == .ours
    }

    // MARK: - Pages that ask for none

    private func planAbsent(
        _ page: PageID,
        _ absence: Absence,
        copies: [LiveEvent],
        parts: Set<EventID>,
        into result: inout Result
    ) {
        let title = copies.first?.event?.summary ?? EventChange.untitled
        switch absence {
        case .moved where !isKnown(page, copies), .replaced where !isKnown(page, copies):
            let message =
                "\"\(title)\" names no organization and a page of another database; nothing says that it was ours: "
                + "it is left alone."
            result.warnings.append(Warning(code: "event_of_unknown_owner", message: message, page: page))
        case .trashed, .archived, .undated, .moved, .filteredOut, .cancelled, .gone, .replaced:
            if let reason = absence.reason { delete(copies, parts, page, reason, into: &result) }
        case .present:
            let message = "\"\(title)\" is alive in Notion, yet its database did not list it; its event stays."
            result.warnings.append(Warning(code: "page_not_listed", message: message, page: page))
        case .unknown(let reason):
            let message = "\"\(title)\" was not listed and could not be looked at (\(reason)); its event stays."
            result.warnings.append(Warning(code: "page_not_proven_absent", message: message, page: page))
        case .neverSeen:
            let message =
                "Notion does not show the page of \"\(title)\" to this integration, and no run has ever seen it; its event "
                + "stays. Share the page's database with the integration, or delete the event in Google Calendar by hand."
            result.warnings.append(Warning(code: "page_never_seen", message: message, page: page))
        }
    }

    /// Whether this organization ever had the page: an event of the predecessor does not tell whose it was, nor does one of an
    /// organization that is not declared any more.
    private func isKnown(_ page: PageID, _ copies: [LiveEvent]) -> Bool {
        let prefixes = state.ownership.prefixes
        return state.links[page] != nil || copies.contains { $0.marks?.organization.map(prefixes.contains) ?? false }
    }

    /// - Parameter parts: those of the copies that somebody split off; each goes for the reason of the page, and with its proof.
    private func delete(
        _ copies: [LiveEvent],
        _ parts: Set<EventID>,
        _ page: PageID,
        _ reason: Reason,
        into result: inout Result
    ) {
        for (index, live) in copies.enumerated() {
            let isPart = parts.contains(live.id)
            guard index == 0 || isPart else {
                result.deletions.append(.duplicate(live, of: page))
                continue
            }
            result.deletions.append(
                EventDeletion(
                    live: live,
                    page: page,
                    reason: reason,
                    // What becomes of the link is decided by the event itself.
                    link: isPart ? .keep : .forget,
                    // Where the whole database is another one none of its pages is asked.
                    needsProof: reason != .databaseChanged,
                    isRemembered: state.pages[page]?.seenAt != nil
                )
            )
        }
    }

    /// No delete without proof, and none at all where the declaration says never.
    private func withholdDeletions(_ result: inout Result) {
        if case .incomplete = state.listing {
            result.deletions = []
            result.staleLinks = []
        }
        guard organization.deletions == .never, !result.deletions.isEmpty else { return }
        for deletion in result.deletions {
            let title = deletion.live.event?.summary ?? EventChange.untitled
            let message = "\"\(title)\" would be deleted (\(deletion.reason.rawValue)), but deletions are set to never."
            result.warnings.append(Warning(code: "deletion_withheld", message: message, page: deletion.page))
        }
        result.deletions = []
    }
}
