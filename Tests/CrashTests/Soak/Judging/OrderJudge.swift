import Emulation

/// Whether everything is in order where a run says so: the calendar shows what the pages ask for, as far as the run saw them.
struct OrderJudge {
    private let scene: RunScene
    private let report: RunReport.Organization
    private var view: ModelView { scene.view }

    init(_ scene: RunScene, _ report: RunReport.Organization) { (self.scene, self.report) = (scene, report) }

    var problems: [String] {
        if let obstacle = view.obstacle {
            let isError = report.status == "error"
            return isError ? [] : ["the status is \(report.status), and nothing can be read (\(obstacle))"]
        }
        guard report.isDone else { return [] }
        return absent + present + unused
    }

    /// Pages that ask for an event.
    private var absent: [String] {
        let events = Dictionary(grouping: scene.eventsAfter.values, by: \.page)
        return view.pages.keys.sorted().compactMap { page in
            guard let wanted = view.event(of: page) else { return nil }
            let shown = (events[page] ?? []).map { $0.shown.limited(to: view.fields) }
            return shown == [wanted] ? nil : "all is said to be in order, and \(wanted) is \(shown)"
        }
    }

    /// Events of pages that ask for none: a warning tells why they stay.
    private var present: [String] {
        scene.eventsAfter.values.filter { view.pages[$0.page] == nil && !view.hiddenEvents.contains($0.id) }
            .filter { event in !report.warnings.contains { $0.page == event.page } }
            .map { "all is said to be in order, and \($0.shown) is there, of a page that asks for none" }
    }

    /// Columns that are not used are told.
    private var unused: [String] {
        let isUnused = view.readings.values.contains(.unused)
        let isTold = report.warnings.contains { $0.code == "property_unused" }
        return isUnused == isTold ? [] : ["property_unused is \(isTold ? "" : "not ")told"]
    }
}
