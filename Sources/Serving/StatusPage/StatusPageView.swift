import ReconcileModel

/// The values that the templates name. Names differ between the levels: a template that finds none at its own level looks at
/// those around it.
struct StatusPageView {
    let css = StatusPageStyle.css
    let version: String
    let asOf: Moment
    let headline: String
    let isCalm: Bool
    let notice: String?
    let problems: [String]
    let problemHeading: String?
    let offersSignIn: Bool
    let organizations: [OrganizationView]
    let hasOrganizations: Bool
    let history: HistoryView?

    init(_ content: StatusPageContent) {
        version = content.version
        asOf = Moment(content.now, now: content.now)
        notice = content.notice
        problems = content.problems
        problemHeading = content.problems.isEmpty ? nil : "The declarations have mistakes"
        organizations = content.organizations.map {
            OrganizationView($0, links: OrganizationLinks($0, baseURL: content.baseURL), now: content.now)
        }
        hasOrganizations = !organizations.isEmpty
        history = HistoryView(content.runs, now: content.now)
        offersSignIn = content.offersSignIn
        let states = content.organizations.map(\.state)
        let (troubled, good) = (states.filter(\.needsAttention).count, states.filter { $0 == .syncing }.count)
        isCalm = troubled == 0 && (good > 0 || states.isEmpty) && problems.isEmpty && notice == nil
        headline = Self.headline(organizations.count, troubled: troubled, good: good)
    }

    /// In order is what was looked at and found so; the others are counted.
    private static func headline(_ count: Int, troubled: Int, good: Int) -> String {
        switch (count, troubled, good) {
        case (0, _, _): "No organizations are declared yet"
        case (1, 1, _): "The one organization needs attention"
        case (_, 1..., _): "\(troubled) of \(count) organizations need\(troubled == 1 ? "s" : "") attention"
        case (1, _, 1): "The one organization is in order"
        case (1, _, _): "The one organization is not synchronized"
        case (_, _, count): "All \(count) organizations are in order"
        case (_, _, 0): "None of the \(count) organizations is synchronized"
        default:
            "\(good) of \(count) organizations \(good == 1 ? "is" : "are") in order, \(count - good) not synchronized"
        }
    }
}

/// One organization, in the words of the page.
struct OrganizationView {
    let prefix: String
    let name: String
    let stateText: String
    /// A class of the style.
    let stateKind: String
    /// What the state means, where its name does not say it.
    let explanation: String?
    let links: OrganizationLinks
    let events: String?
    let last: Moment?
    let lastResult: String?
    let next: Moment?
    let warnings: [String]
    let warningHeading: String?

    init(_ organization: OrganizationStatus, links: OrganizationLinks, now: Timestamp) {
        prefix = organization.prefix
        name = organization.name
        self.links = links
        stateText = organization.state.text
        stateKind = organization.state.kind
        explanation = organization.state.explanation
        events = organization.eventCount.map { counted($0, "event") }
        last = organization.syncs.last.map { Moment($0, now: now) }
        lastResult = organization.syncs.result
        next = organization.syncs.next.map { Moment($0, now: now) }
        warnings = organization.warnings.texts
        warningHeading = warnings.isEmpty ? nil : counted(organization.warnings.count, "warning")
    }
}

extension OrganizationStatus.State {
    fileprivate var needsAttention: Bool {
        switch self {
        case .syncing, .pending, .paused, .inactive, .unconfigured, .orphaned: false
        case .onHold, .failed, .unsynchronized: true
        }
    }

    fileprivate var text: String {
        switch self {
        case .syncing: "In sync"
        case .pending: "Not synced yet"
        case .paused: "Paused"
        case .inactive: "Inactive"
        case .unconfigured: "Not configured"
        case .orphaned: "Orphaned"
        case .unsynchronized: "Not synced"
        case .onHold: "On hold"
        case .failed: "Error"
        }
    }

    fileprivate var kind: String {
        switch self {
        case .syncing: "good"
        case .pending, .paused, .inactive, .unconfigured, .orphaned: "quiet"
        case .onHold: "held"
        case .failed, .unsynchronized: "bad"
        }
    }

    fileprivate var explanation: String? {
        switch self {
        case .syncing: nil
        case .pending: "The first sync is still to come."
        case .paused: "Sync is not enabled: events are shown here, and the calendar is left as it is."
        case .inactive: "Nothing is read, shown or written."
        case .unconfigured: "Its declaration names no Notion database: there is nothing to show yet."
        case .orphaned:
            "No file declares it any more: its addresses are gone, its calendar and events are kept as they are."
        case .unsynchronized:
            "Events are shown here, and the calendar is left as it is: there is no Google key that can be used."
        case .onHold(let run):
            "Run \(run) took changes back. Nothing is written until somebody releases the organization."
        case .failed(let reason): reason
        }
    }
}

/// The latest runs, as a chart and as a table.
struct HistoryView {
    let heading: String
    /// What the chart shows, for those who do not see it.
    let chartText: String
    let chart: RunChart
    let oldest: Moment?
    let newest: Moment?
    let runs: [RunView]

    /// More would be too much for a page.
    private static let limit = 20

    /// - Parameter all: the latest first. Without any there is no history.
    init?(_ all: [RunRecord], now: Timestamp) {
        let latest = Array(all.prefix(Self.limit))
        guard !latest.isEmpty else { return nil }
        heading = latest.count == 1 ? "The only run so far" : "The latest \(latest.count) runs, the latest first"
        chart = RunChart(latest.reversed())
        oldest = latest.last.flatMap { Timestamp(rfc3339: $0.startedAt) }.map { Moment($0, now: now) }
        newest = latest.first.flatMap { Timestamp(rfc3339: $0.startedAt) }.map { Moment($0, now: now) }
        runs = latest.map { RunView($0, now: now) }
        var sum = RunRecord.Counts()
        for run in latest {
            sum.created += run.counts.created
            sum.updated += run.counts.updated
            sum.deleted += run.counts.deleted
        }
        let bad = latest.filter { !$0.isGood }.count
        chartText =
            "Bar chart of the changes of \(counted(latest.count, "run")), all together \(sum.sentence); "
            + (bad == 0 ? "none failed." : "\(bad) did not succeed.") + " The table has the same numbers."
    }
}

/// One run, in the words of the page.
struct RunView {
    let number: String
    let kind: String
    let result: String
    let resultKind: String
    let started: Moment?
    let duration: String
    let created: Int
    let updated: Int
    let deleted: Int
    let failed: Int

    init(_ run: RunRecord, now: Timestamp) {
        (number, kind, result) = (run.id.description, run.origin.kind, run.result)
        resultKind = run.outcome == nil ? "quiet" : run.isGood ? "good" : "bad"
        let (start, end) = (Timestamp(rfc3339: run.startedAt), run.finishedAt.flatMap { Timestamp(rfc3339: $0) })
        started = start.map { Moment($0, now: now) }
        duration = Self.duration(from: start, to: end)
        (created, updated, deleted) = (run.counts.created, run.counts.updated, run.counts.deleted)
        failed = run.counts.failed + run.counts.unknown
    }

    private static func duration(from start: Timestamp?, to end: Timestamp?) -> String {
        guard let start, let end else { return "–" }
        let seconds = max(0, end.secondsSince1970 - start.secondsSince1970)
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
