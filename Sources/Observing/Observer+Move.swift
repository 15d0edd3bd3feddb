import NotionAPI
import ReconcileModel

/// Where an organization's events go to another calendar.
extension Observer {
    /// What is still in the calendar that the events leave.
    func takeFormerCalendar(_ ground: Ground, _ found: inout OrganizationState) async throws(Failure) {
        let marked = ground.isCalendarKnown ? nil : try await ground.reader.markedBesideDeclared()
        guard let (former, isAllowed) = ground.move ?? marked.map({ ($0, ground.mayMove) }) else { return }
        if ground.record?.calendar.leaving == nil, ground.identity.isChosen(found.calendar) { return }
        guard let calendar = found.calendar.id, calendar != former else {
            throw .moveWithoutTarget(ground.organization, from: former, to: ground.record?.calendar.id)
        }
        let reader = FormerCalendarReader(calendars: ground.services.calendars, identity: ground.identity)
        let side = try await reader.read(former, isAllowed: isAllowed)
        // Who allowed it had another calendar before them.
        if ground.record?.calendar.leaving != nil, !side.move.isWritable, !ground.mayMove {
            throw .moveCannotGoOn(ground.organization, side.move)
        }
        let ownership = state.ownership(
            of: ground.organization,
            database: ground.source.database,
            ground.source.dataSource.id,
            formerly: ground.former,
            among: declared,
            on: former
        )
        found.take(side, ownership, links: links(of: ground.prefix, in: former))
        // A calendar that is empty of ours is none that somebody leaves.
        if marked != nil, found.move?.isEmpty == true { found.move = nil }
    }
}
