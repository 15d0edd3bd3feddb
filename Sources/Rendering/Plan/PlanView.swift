import ReconcileModel

/// A plan, or what became of it, as people are shown it: what of it, in which order and words. Each format writes it in its own way.
///
/// Titles, names and messages are as they came from outside, and as long: whoever writes them makes them harmless and cuts them.
/// Values of fields are on one line, in quotation marks where they are text, and cut unless everything is shown.
struct PlanView {
    /// What is shown; the words are part of the mark by which a comment is found again.
    enum Kind: String { case plan, undo, report, failure }

    /// How much is shown.
    struct Detail {
        /// Every event and field, also of created and adopted ones.
        var isVerbose = false
        /// Only what changes, fails or is urgent; nothing at all where nothing is.
        var isQuiet = false
    }

    /// One organization.
    struct Section {
        var name: String
        var prefix: String
        var status: OrganizationPlan.Status
        /// Of its declaration; nil: there is none.
        var place: SourceLocation?
        /// The zone of the times in its lines; nil where no lines with times are expected.
        var zone: String?
        /// That there is nothing to do, and why; nil where there is.
        var calm: String?
        /// Several only of a declaration, each with its own place.
        var problems: [Problem] = []
        var notes: [String] = []
        var lines: [PlanLineView] = []
        /// Where people find the calendar that was created; what each link is, and its address.
        var links: [(name: String, address: String)] = []
        /// Who can see the calendar afterwards; nil where that is neither declared nor new.
        var audience: String?
        var warnings: [String] = []
    }

    /// What keeps an organization, or a whole run, from being done.
    struct Problem {
        /// `error` or `blocked`.
        var kind: String
        var message: String
        /// Of a mistake in a declaration.
        var place: SourceLocation?

        /// With its place.
        var text: String { place.map { "\($0): \(message)" } ?? message }

        init(kind: String, message: String) { (self.kind, self.message) = (kind, message) }

        init(_ failure: Failure) { self.init(kind: "error", message: failure.description) }

        init(_ mistake: Diagnostic) {
            self.init(kind: "error", message: mistake.text)
            place = mistake.location
        }
    }

    var kind: Kind
    var sections: [Section] = []
    /// Of the run, beyond those of single organizations.
    var problems: [Problem] = []
    /// What it comes to.
    var closing: String
}

extension PlanView {
    /// Nil where nothing is worth showing.
    init?(_ plan: Plan, _ detail: Detail) {
        let summary = Summary(plan)
        let isCalm = !summary.hasChanges && !summary.hasErrors && !plan.organizations.contains(where: \.isUrgent)
        if detail.isQuiet, isCalm { return nil }
        kind = .plan
        sections = plan.organizations.compactMap { Section(OrganizationReport(plan: $0, done: []), detail) }
        closing = SummaryText.closing(of: summary)
    }

    /// Of a plan that takes back a run; pages were not looked at.
    init(undo plan: Plan, _ detail: Detail) {
        let summary = Summary(plan)
        kind = .undo
        sections = plan.organizations.filter { $0.status != .noChanges || $0.isWaiting }
            .compactMap { Section(OrganizationReport(plan: $0, done: []), detail) }
        let isDone = !summary.hasChanges && !summary.hasErrors && !summary.isWaiting
        closing =
            isDone ? "Nothing is left to take back." : SummaryText.closing(of: summary, asking: "reconcile undo")
    }

    /// Nil where nothing is worth showing.
    init?(_ report: Report, _ detail: Detail) {
        let isUrgent = report.organizations.contains(where: \.plan.isUrgent)
        if detail.isQuiet, report.isSuccess, !Summary(report).hasChanges, !isUrgent { return nil }
        kind = .report
        sections = report.organizations.compactMap { Section($0, detail) }
        problems = report.failure.map { [Problem($0)] } ?? []
        closing = SummaryText.result(of: report)
    }

    /// Of a run that could not start.
    init(problems: [Problem]) {
        kind = .failure
        self.problems = problems
        closing = "The run failed."
    }
}

extension PlanView.Section {
    /// - Parameter report: of a plan that is only shown: nothing was done, and nothing failed.
    fileprivate init?(_ report: OrganizationReport, _ detail: PlanView.Detail) {
        let (plan, failure) = (report.plan, report.failure)
        if detail.isQuiet, failure == nil, !plan.isUrgent, plan.status == .noChanges || plan.isLeftAlone { return nil }
        name = plan.organization.name
        prefix = plan.organization.prefix
        status = failure == nil ? plan.status : .error
        place = plan.organization.source.file.isEmpty ? nil : plan.organization.source
        // Wherever times of day may follow.
        let isShown = detail.isVerbose || plan.status != .noChanges || plan.isWaiting
        if !report.lines.isEmpty, isShown { zone = plan.organization.timeZone }
        calm = Self.calm(report)
        problems = Self.problems(plan, failure)
        notes = plan.notes
        let time = TimeText(zone: plan.organization.timeZone)
        lines = report.lines.compactMap { PlanLineView($0.line, $0.outcome, time, isVerbose: detail.isVerbose) }
        let isPublic = report.audience?.rules.contains { $0.scope == .everybody && $0.role == .reader } ?? false
        links = report.links.map { Self.links($0, isPublic: isPublic) } ?? []
        audience = report.audience.map { AudienceWords.text($0.rules, account: $0.account, plan.organization) }
        warnings = plan.warnings.map(\.message)
    }

    /// - Parameter isPublic: whether everybody sees the calendar: nobody else gets Google's feed.
    private static func links(_ links: CalendarLinks, isPublic: Bool) -> [(String, String)] {
        var all = [("calendar", links.page), ("subscribe", links.subscription)]
        if isPublic { all.append(("Google's feed", links.feed)) }
        if let feed = links.ownFeed { all.append(("our feed", feed)) }
        return all
    }

    private static func problems(_ plan: OrganizationPlan, _ failure: Failure?) -> [PlanView.Problem] {
        if let failure { return [PlanView.Problem(failure)] }
        guard plan.mistakes.isEmpty else {
            return plan.mistakes.map { PlanView.Problem($0) }
        }
        guard !plan.isLeftAlone, let text = plan.explanation else { return [] }
        return [PlanView.Problem(kind: plan.status.rawValue, message: text)]
    }

    private static func calm(_ report: OrganizationReport) -> String? {
        switch report.plan.status {
        case .skipped, .orphaned: "\(report.plan.status.rawValue), \(report.plan.message ?? "")"
        case .noChanges: "no changes, \(counted(report.plan.unchanged, "event")) up to date\(links(report))"
        case .changes, .blocked, .error: nil
        }
    }

    private static func links(_ report: OrganizationReport) -> String {
        let adoptions = report.lines.filter { $0.line.action == .adopt }
        guard !adoptions.isEmpty else { return "" }
        guard !report.done.isEmpty else { return ", \(counted(adoptions.count, "event")) to link" }
        return ", \(counted(adoptions.count { $0.outcome == .applied }, "event")) linked"
    }
}
