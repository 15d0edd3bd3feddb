import Mapping
import NotionAPI
import ReconcileModel
import Recurring

/// Looks alone at each page whose event is in the calendar but which the listing did not have: being missing from a list
/// proves nothing.
struct AbsenceInspector: Sendable {
    let notion: NotionClient
    let pages: NotionObserver
    let source: NotionObserver.Source
    /// When the run began to look: what is today in a filter.
    let now: Timestamp
    /// Whether a prefix is that of no declared organization.
    let isFree: @Sendable (String) -> Bool
    /// What earlier runs of the last day found of pages whose events stayed; none where a person allowed their deletes, or said yes to them.
    let held: [PageID: HeldAbsence]

    /// - Parameters:
    ///   - isFree: no prefix is, unless told: then no undeclared organization's events are looked at.
    ///   - held: nothing is remembered unless told: then every page is looked at.
    init(
        notion: NotionClient,
        pages: NotionObserver,
        source: NotionObserver.Source,
        now: Timestamp,
        isFree: @escaping @Sendable (String) -> Bool = { _ in false },
        held: [PageID: HeldAbsence] = [:]
    ) {
        (self.notion, self.pages, self.source, self.now) = (notion, pages, source, now)
        (self.isFree, self.held) = (isFree, held)
    }

    var organization: Organization { pages.organization }

    /// So many pages that are alive may be missing from a complete listing: Notion's index lags behind.
    static let tolerance = 5
    /// So many pages of an organization that is not declared any more are looked at to see whether they are ours.
    private static let sample = 10

    /// Changes nothing; what is in doubt is said of the listing.
    func inspect(_ state: OrganizationState) async -> Inspection {
        var inspection = Inspection(listing: state.listing)
        guard state.listing == .complete else { return inspection }
        for page in replacedPages(in: state) { inspection.findings[page] = .absent(.replaced) }
        let ours = ours(in: state)
        var candidates = open(Set(ours.map(\.page)), state, inspection)
        let remembered = remembered(of: candidates, events: ours.count, state)
        for (page, one) in remembered {
            // What the listing says of a page, that it has no date, is newer.
            inspection.findings[page] = .absent(state.pages[page]?.absence ?? one.absence, seenAt: one.seenAt)
        }
        candidates.removeAll { remembered[$0] != nil }
        let seen = Set(ours.filter { isSeen($0, state) }.map(\.page)).union(state.links.keys)
        let unclaimed = await recognizable(
            among: unclaimedPages(in: state).mapValues { open($0, state, inspection) },
            state
        )
        let (looks, listing) = await settled(await look(at: candidates, seen: seen) + unclaimed)
        guard listing == .complete else {
            inspection.listing = listing
            return inspection
        }
        let alive = organization.isFilteredByNotion ? 0 : looks.count { $0.1.isAlive }
        guard alive <= Self.tolerance else {
            // The rest was not looked at, and which ones were is chance: what was found of single pages is not kept.
            inspection.listing = leftOut("more than \(Self.tolerance) pages that are")
            return inspection
        }
        inspection.recognized = Set(unclaimed.map(\.0))
        for (page, look) in looks {
            inspection.findings.add(look.finding(isReplacing: state.databaseChange != nil), of: page)
            if let warning = look.warning { inspection.warnings.append(warning) }
            // One that is there and was not listed is told nothing: why is not known.
            if look.finding.absence != .present { inspection.feedback[page] = look.feedback }
        }
        let wanted = state.pages.desired.count
        distrustListing(&inspection, alive: alive, of: wanted + looks.count + remembered.count)
        inspection.reportUnread()
        await confirmSource(&inspection, listed: state.pages)
        inspection.elsewhere = elsewhere(looks, state)
        return inspection
    }

    /// The one other place in which all pages of our events are that could be seen.
    private func elsewhere(_ looks: [(PageID, Look)], _ state: OrganizationState) -> PagePlace? {
        let marks = state.liveEvents.compactMap(\.marks)
        guard !marks.contains(where: { state.pages[$0.page]?.desired != nil }), !looks.contains(where: \.1.isHere)
        else {
            return nil
        }
        // An event of the predecessor, or of an organization that is not declared any more, does not tell whose it was.
        let own = marks.filter { $0.organization.map(state.ownership.prefixes.contains) ?? false }
        let named = Set(own.map(\.page)).union(state.links.keys)
        let places = Set(looks.compactMap { named.contains($0.0) ? $0.1.place : nil })
        return places.count == 1 ? places.first : nil
    }

    /// Looks again at pages that were found to ask for no event.
    ///
    /// - Returns: those of which that still holds; none where the data source itself can no longer be read.
    func stillAbsent(_ pages: [PageID]) async -> Set<PageID> {
        var inspection = Inspection(listing: .complete)
        let (looks, listing) = await settled(await look(at: pages, seen: Set(pages)))
        guard listing == .complete else { return [] }
        for (page, look) in looks { inspection.findings[page] = look.finding }
        await confirmSource(&inspection, listed: [:])
        guard inspection.listing == .complete else { return [] }
        return Set(inspection.findings.filter { $0.value.absence?.isProof ?? false }.keys)
    }

    /// Pages of the former database, where a person allowed that their events are replaced: nothing needs to be looked at.
    private func replacedPages(in state: OrganizationState) -> [PageID] {
        guard let change = state.databaseChange, change.database != state.database else { return [] }
        return state.copies().compactMap { page, copies in
            guard let event = copies.all.first, state.pages[page] == nil, state.isInWindow(page, copies.all) else {
                return nil
            }
            return (event.marks?.database ?? state.links[page]?.database) == change.database ? page : nil
        }
    }

    /// Pages of events that carry the mark of an organization that is not declared any more, and nothing else that tells whose
    /// they are; by its prefix.
    private func unclaimedPages(in state: OrganizationState) -> [String: Set<PageID>] {
        var pages: [String: Set<PageID>] = [:]
        for event in state.liveEvents
        where state.ownership.linkedElsewhere[event.id] == nil && state.window.holds(event) {
            guard case .other(let name) = state.owner(of: event), let marks = event.marks,
                isFree(name) && marks.database == nil
                    || state.ownership.reusedPrefixes.contains(name) && marks.database == state.database
            else { continue }
            pages[name, default: []].insert(marks.page)
        }
        return pages
    }

    /// The marks of our live events, but of pages that are left alone.
    private func ours(in state: OrganizationState) -> [EventMarks] {
        state.copies().filter { state.isInWindow($0, $1.all) }.values.flatMap(\.all).compactMap(\.marks)
    }

    /// Whether some run of ours saw the page of an event in this database: then it wrote its mark.
    private func isSeen(_ marks: EventMarks, _ state: OrganizationState) -> Bool {
        guard let organization = marks.organization else { return false }
        return marks.database.map { $0 == source.database } ?? state.ownership.prefixes.contains(organization)
    }

    /// What is believed of pages without looking at them again: nothing that could let an event go.
    ///
    /// So many of them were proven absent that the limit holds all deletes back, whatever the others are; or deletes are not
    /// made at all, or wait for a yes; or it was no proof. Each is still missing from a complete listing.
    private func remembered(
        of candidates: [PageID],
        events: Int,
        _ state: OrganizationState
    ) -> [PageID: HeldAbsence] {
        let known = candidates.compactMap { page in held[page].map { (page, $0) } }
        let limits = DeleteLimits(
            maxPercent: organization.maxDeletePercent,
            recentDeletes: state.recentDeletes,
            managedEvents: events,
            eventsWhenBlocked: state.eventsWhenBlocked
        )
        let verdict = limits.verdict(deletes: known.count { $0.1.absence.isProof }, allowed: nil)
        let holds = verdict != .allowed || organization.deletions != .auto
        return Dictionary(known.filter { holds || !$0.1.absence.isProof }) { first, _ in first }
    }

    /// Those of the pages that the listing did not have, in a fixed order.
    private func open(
        _ pages: some Sequence<PageID>,
        _ state: OrganizationState,
        _ inspection: Inspection
    ) -> [PageID] {
        let open = pages.filter { page in
            switch inspection.findings[page] ?? state.pages[page] {
            // Also those listed without a date, called off, or with values that the filter leaves out: a formula or rollup can be empty for a
            // moment.
            case nil, .absent(.undated, _), .absent(.filteredOut, _), .absent(.cancelled, _): true
            case .wants, .invalid, .absent: false
            }
        }
        return open.sorted()
    }

    /// Where its page is tells whose an event is. One whose page nobody finds may be anybody's.
    private func recognizable(
        among unclaimed: [String: [PageID]],
        _ state: OrganizationState
    ) async -> [(PageID, Look)] {
        var recognized: [(PageID, Look)] = []
        for (name, pages) in unclaimed.sorted(by: { $0.key < $1.key }) {
            // Events of an organization that is none of ours would else cost a request each, at every run.
            let isKnown = state.liveEvents.contains { event in
                event.marks.map { $0.organization == name && state.pages[$0.page]?.desired != nil } ?? false
            }
            var looks = await look(at: isKnown ? pages : Array(pages.prefix(Self.sample)))
            if !isKnown, pages.count > Self.sample, looks.contains(where: \.1.isHere) {
                looks += await look(at: Array(pages.dropFirst(Self.sample)))
            }
            recognized += looks.filter(\.1.isHere)
        }
        return recognized
    }

    /// A listing that left out many pages which are alive was no complete listing, whatever it said: a page of results was
    /// missing. A single one may be Notion's index lagging behind.
    private func distrustListing(_ inspection: inout Inspection, alive: Int, of managed: Int) {
        guard alive * 100 > organization.maxDeletePercent * managed else { return }
        inspection.listing = leftOut(alive == 1 ? "1 page that is" : "\(alive) pages that are")
    }

    private func leftOut(_ pages: String) -> ListingState {
        .incomplete(NotionObserver.incomplete(source.dataSource, "it left out \(pages) there"))
    }

    /// A database that is unshared or put into the trash after it was listed takes its pages along: each of them looks
    /// gone. So it is read once more before such a page counts; runs without deletes need no further request.
    ///
    /// - Parameter listed: what the listing said of its pages.
    private func confirmSource(_ inspection: inout Inspection, listed: [PageID: PageFinding]) async {
        let findings = listed.merging(inspection.findings) { _, newer in newer }
        let isDoubtful = findings.values.contains { finding in
            switch finding {
            case .absent(.gone, seenAt: nil), .absent(.trashed, seenAt: nil): true
            case .wants, .invalid, .absent: false
            }
        }
        guard inspection.listing == .complete, isDoubtful else { return }
        do throws(Failure) {
            let again = try await pages.source()
            guard again.dataSource.id != source.dataSource.id else { return }
            inspection.listing = unconfirmed("the declaration means another data source by now.", hint: nil)
        } catch {
            inspection.listing = unconfirmed(error.message, hint: error.hint)
        }
    }

    private func unconfirmed(_ reason: String, hint: String?) -> ListingState {
        .incomplete(
            Failure(
                code: "notion_source_unconfirmed",
                message: "That pages of \"\(source.dataSource.title)\" are gone could not be confirmed, so nothing is "
                    + "deleted: \(reason)",
                hint: hint ?? "Run again; if it stays, check the database in Notion."
            )
        )
    }
}

extension OrganizationState {
    fileprivate var liveEvents: [LiveEvent] { events.values.filter(\.standsAlone) }
}
