import Emulation

/// Whether subscribers see what the calendar shows.
struct FeedJudge {
    private let scene: RunScene
    private let report: RunReport.Organization
    private let feed: PublicFeed
    private let former: FeedRecord.Former
    private var view: ModelView { scene.view }

    /// - Parameter former: what was seen before the run.
    init(_ scene: RunScene, _ report: RunReport.Organization, _ feed: PublicFeed, _ former: FeedRecord.Former) {
        (self.scene, self.report, self.feed, self.former) = (scene, report, feed, former)
    }

    var problems: [String] {
        guard let events = feed.events else {
            // Without anything that was published, nothing can be shown of what cannot be read.
            let isExcused = view.obstacle != nil || !report.isDone
            return isExcused && !former.isKnown ? [] : ["the feed is not answered: \(feed.status)"]
        }
        var problems = feed.problems
        let calendar = Dictionary(grouping: scene.eventsAfter.values, by: \.page)
        let isDone = report.isDone && view.obstacle == nil
        for page in Set(calendar.keys).union(events.keys).sorted() {
            let there = (calendar[page] ?? []).map { $0.shown.limited(to: view.fields) }
            let allowed = isDone ? exact(page, there) : loose(page, there)
            if !allowed.contains(events[page]) {
                problems.append(
                    "the feed shows \(events[page].map { "\($0)" } ?? "nothing") of \(page), the calendar \(there)"
                )
            }
        }
        return problems
    }

    /// After a run that says that all is in order.
    private func exact(_ page: String, _ there: [ModelPage.Event]) -> [ModelPage.Event?] {
        let isUnseen = scene.eventsAfter.values.contains { $0.page == page && view.hiddenEvents.contains($0.id) }
        guard isUnseen || view.hiddenPages.contains(page) else { return there.isEmpty ? [nil] : there }
        // Nobody knows what became of it, or what it says where only its times are shown.
        return loose(page, there)
    }

    /// Where something was left undone or not seen: the calendar, what was shown, or what the next run makes of it. A state that is
    /// older than the event does not know it.
    private func loose(_ page: String, _ there: [ModelPage.Event]) -> [ModelPage.Event?] {
        let next = view.hiddenEvents.isEmpty && view.hiddenPages.contains(page) ? nil : view.pages[page]
        return there + Array(former.events[page] ?? []) + [next?.event(view.sources)].compactMap(\.self)
            + (there.isEmpty || !former.isKnown ? [nil] : [])
    }
}
