package import ReconcileModel

extension PlanLine {
    package static func create(_ creation: EventCreation) -> PlanLine { .change(.event(.create(creation))) }
    package static func update(_ update: EventUpdate) -> PlanLine { .change(.event(.update(update))) }
    package static func delete(_ deletion: EventDeletion) -> PlanLine { .change(.event(.delete(deletion))) }
    package static func adopt(_ adoption: EventAdoption) -> PlanLine { .change(.adopt(adoption)) }
    package static func create(_ creation: CalendarCreation) -> PlanLine { .change(.calendar(.create(creation))) }
    package static func update(_ update: CalendarUpdate) -> PlanLine { .change(.calendar(.update(update))) }
}

extension OrganizationPlan {
    /// - Parameter lines: of what was planned; what was left out, held back or failed is set by whoever needs it.
    package static func planned(
        _ organization: Organization = .sample(),
        _ lines: [PlanLine] = [],
        unchanged: Int = 0,
        target: Target? = .sample
    ) -> OrganizationPlan {
        OrganizationPlan(.planned(Work(lines, unchanged: unchanged, target: target)), of: organization)
    }

    package static func failed(
        _ organization: Organization = .sample(),
        _ message: String,
        hint: String? = nil
    ) -> OrganizationPlan {
        OrganizationPlan(.failed(Failure(code: "sample", message: message, hint: hint)), of: organization)
    }

    /// The same with something that a limit holds back.
    package func blocked(_ count: Int, _ message: String) -> OrganizationPlan {
        var plan = self
        plan.work?.blocks.append(Work.Block(.deletes, count: count, message: message))
        plan.work?.remedy = Allowances(deletes: [organization.prefix: count])
        return plan
    }
}

extension OrganizationReport {
    /// - Parameter outcomes: of the lines of the plan, in their order.
    package init(plan: OrganizationPlan, outcomes: [Outcome], failure: Failure? = nil) {
        self.init(plan: plan, done: zip(plan.lines, outcomes).map { Done($0, $1) }, failure: failure)
    }
}

extension Target {
    package static let sample = Target(database: .sample, calendar: .sample, ownership: .sample)
}
