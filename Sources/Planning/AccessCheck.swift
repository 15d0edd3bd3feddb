package import ReconcileModel

/// Whether what is planned can be written with the role that our account has: said before the first write, and once.
struct AccessCheck {
    private let calendar: LiveCalendar
    private let access: CalendarAccess

    /// Nil where there is no calendar yet, or Google did not say what we may do with it.
    init?(_ observation: CalendarObservation) {
        guard case .existing(let calendar) = observation, let access = calendar.access else { return nil }
        (self.calendar, self.access) = (calendar, access)
    }

    /// The plan, with what cannot be written said as an error of the organization.
    ///
    /// On a calendar that may only be read nothing is tried at all. Where only the calendar's own settings cannot be changed, its
    /// events go on.
    func revised(_ plan: OrganizationPlan) -> OrganizationPlan {
        guard var work = plan.work else { return plan }
        if let refusal = access.refusal(of: work.lines, on: calendar.id) {
            work.target = nil
            work.refusal = refusal
        } else if access.role != .owner {
            let updates = work.lines.compactMap { line in
                guard case .change(.calendar(.update(let update))) = line, update.calendar.id == calendar.id else {
                    return CalendarUpdate?.none
                }
                return update
            }
            let what = [
                updates.first.map(names), work.lines.contains { $0.resource == .accessRule } ? "sharing" : nil,
            ].compactMap(\.self)
            guard !what.isEmpty else { return plan }
            work.lines.removeAll { line in
                if case .calendar(.update(let update)) = line.change { return update.calendar.id == calendar.id }
                return line.resource == .calendar || line.resource == .accessRule
            }
            work.blocks.removeAll { $0.kind == .sharing }
            work.target?.memory.withdraw()
            if work.refusal == nil || !updates.isEmpty { work.refusal = refusal(of: what.joined(separator: " and ")) }
        }
        var plan = plan
        plan.work = work
        return plan
    }

    private func names(of update: CalendarUpdate) -> String {
        let names = [
            update.summary.map { _ in "name" }, update.description.map { _ in "description" },
            update.timeZone.map { _ in "time zone" },
        ]
        return names.compactMap(\.self).joined(separator: " and ")
    }

    private func refusal(of what: String) -> Failure {
        Failure(
            code: "calendar_settings_refused",
            message: "Google Calendar \(calendar.id): \(access.account) may not change its \(what) "
                + "(as \(access.role.rawValue)).",
            hint: CalendarAccess.hint(.owner, for: access.account)
        )
    }
}

extension CalendarAccess {
    /// Why none of these changes can be made; nil: they can, or write nothing.
    package func refusal(of lines: [PlanLine], on calendar: CalendarID) -> Failure? {
        let count = lines.count(where: \.writes)
        guard !role.mayWriteEvents, count > 0 else { return nil }
        return Failure(
            code: "calendar_read_only",
            message:
                "Google Calendar \(calendar): \(account) may only read it (as \(role.rawValue)), so "
                + "\(counted(count, "change")) cannot be made.",
            hint: CalendarAccess.hint(.writer, for: account)
        )
    }
}
