package import ReconcileModel
package import ZoneData

/// For which time a request that does not say so is told the occurrences of series: that of the organization's window, else from
/// today to a year ahead.
package struct SeriesSpan: Sendable {
    private let first: CivilDate
    private let last: CivilDate
    private let zone: Zone

    package init(of organization: Organization, now: Timestamp, zones: ZoneDatabase = .current) {
        zone = zones.zone(organization.timeZone) ?? .utc
        let today = zone.wall(at: now).date
        first = organization.window?.past.map { today.adding($0.negated) } ?? today
        last = today.adding(organization.window?.future ?? CalendarOffset(1, .year))
    }

    /// - Parameters:
    ///   - from: as the request has it; nil: it does not say. So `to`.
    func window(from: EventTime?, to: EventTime?) -> EventWindow {
        let beginning = from.map(day).map { $0.adding(CalendarOffset(1, .year)) }
        let end = to ?? .date(max(last, beginning ?? last))
        // What is asked for up to a day that is over has no other beginning.
        let isOver = to.map(day).map { $0 < first } ?? false
        return EventWindow(from: from ?? (isOver ? nil : .date(first)), to: end, zone: zone)
    }

    private func day(_ time: EventTime) -> CivilDate {
        switch time {
        case .date(let day): day
        case .instant(let instant): zone.wall(at: instant).date
        }
    }
}
