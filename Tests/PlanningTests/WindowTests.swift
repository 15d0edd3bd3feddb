import Planning
import ReconcileModel
import Recurring
import TestSupport
import Testing

/// Events outside of the window are left alone.
@Suite struct WindowTests {
    private static let seeds = 1...400 as ClosedRange<UInt64>

    private static func trial(_ seed: UInt64) -> PlannerTrial {
        var made = PlannerCase(seed: seed)
        var random = SeededGenerator(seed: seed)
        let first = 20_770 + Int.random(in: 0...30, using: &random)
        let last = first + Int.random(in: 0...15, using: &random)
        made.state.window = EventWindow(instants: first * 86_400..<(last + 1) * 86_400, days: first...last)
        return PlannerTrial(made)
    }

    @Test(arguments: seeds)
    func `outside nothing is touched, and what is done is not done again`(seed: UInt64) {
        let trial = Self.trial(seed)
        let window = trial.before.window
        for id in trial.before.events.keys {
            guard let live = trial.before.events[id], live.status == .live, !window.holds(live) else { continue }
            let isAskedIn =
                live.marks.flatMap { trial.before.pages[$0.page]?.desired }.map { window.holds($0.event) } ?? false
            let hasCopyInside = trial.before.events.values.contains {
                $0.status == .live && $0.marks?.page == live.marks?.page && window.holds($0)
            }
            guard !isAskedIn, !hasCopyInside else { continue }
            #expect(trial.after.state.events[id] == live, "seed \(seed): \(id) was touched")
        }
        for deletion in trial.plan.deletions {
            #expect(
                window.holds(deletion.live),
                "seed \(seed): \(deletion.live.id) is deleted outside of the window"
            )
        }
        for creation in trial.plan.creations {
            #expect(
                window.holds(creation.desired.event),
                "seed \(seed): \(creation.id) is created outside of the window"
            )
        }
        guard trial.plan.status != .blocked else { return }
        let again = plan(trial.after.state, for: trial.organization)
        let rest = again.lines.filter { $0.resource == .event && !(trial.waits && $0.action == .delete) }
        #expect(rest.isEmpty, "seed \(seed): still to do: \(again.words)")
    }

    @Test(arguments: seeds)
    func `inside each page has its event as it asks`(seed: UInt64) {
        let trial = Self.trial(seed)
        for desired in trial.before.pages.desired where trial.before.window.holds(desired.event) {
            let wanted = ModelWorld.normalized(desired.event)
            let isThere = trial.after.state.events.values.contains { live in
                live.status == .live && live.marks?.page == desired.page
                    && live.event.map { wanted.differences(from: $0).isEmpty } ?? false
            }
            #expect(isThere, "seed \(seed): \(desired.page) has no event as it asks")
        }
    }

    private static func state(page: Int?, event: Int?) -> OrganizationState {
        var state = OrganizationState.sample()
        state.window = EventWindow(instants: 20_800 * 86_400..<20_810 * 86_400, days: 20_800...20_809)
        func content(_ day: Int) -> EventContent {
            let start = CivilDate(daysSince1970: day)
            return EventContent(summary: "Trip", start: .date(start), end: .date(start.adding(days: 2)))
        }
        let asked = DesiredEvent.sample(1, content(page ?? event ?? 0))
        if page != nil { state.pages[asked.page] = .wants(asked) } else { state.pages[asked.page] = .absent(.trashed) }
        if let event {
            let live = DesiredEvent.sample(1, content(event)).live()
            state.events[live.id] = live
        }
        return state
    }

    /// Days of a two-day event: 20,798 ends before the window, 20,799 has its last day in it.
    static let days: [(Int?, Int?, String)] = [
        (20_798, nil, ""), (20_799, nil, "create"), (20_809, nil, "create"), (20_810, nil, ""),
        (20_798, 20_805, "update"), (20_805, 20_798, "update"), (20_798, 20_790, ""), (nil, 20_798, ""),
        (nil, 20_799, "delete"), (20_805, 20_805, ""),
    ]

    @Test(arguments: days)
    func `what has a part inside counts, on either side`(page: Int?, event: Int?, action: String) {
        let made = plan(Self.state(page: page, event: event), for: .sample(maxDeletePercent: 100))
        let actions = made.lines.filter { $0.resource == .event }.map(\.action.rawValue).filter { $0 != "adopt" }
        #expect(actions.joined() == action)
    }
}
