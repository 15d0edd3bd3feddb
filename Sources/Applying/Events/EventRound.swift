import CalendarAPI
import Observing
import ReconcileModel

/// Carries the tasks of one batch to their ends, side by side: their next calls share batch requests.
struct EventRound {
    /// Where the events are.
    struct Place {
        let calendars: CalendarClient
        let calendar: CalendarID
        /// Whether it was created by this run, so that Google may not know it everywhere yet.
        let isFresh: Bool
        let target: Target
    }

    /// A task on its way.
    private struct Active {
        var index: Int
        var task: EventTask
        var call: EventCall
        /// Where the call goes, where that is not the calendar of the round.
        var calendar: CalendarID?
        /// The page of which must be known that it asks for no event, as the call leaves.
        var page: PageID?
        /// Where people find the event, as far as some answer told.
        var address: String?

        var isWrite: Bool { if case .get = call { false } else { true } }
        var isMove: Bool { if case .move = call { true } else { false } }
        var provenPage: PageID? { if case .delete = call { page } else { nil } }
    }

    private enum Progress {
        case ended(EventTask.Finished)
        /// Its next call leaves after a while.
        case goesOn(Active, after: Duration)
    }

    private let place: Place
    private let clock: any Clock<Duration>
    private var active: [Active]
    private var ends: [EventTask.Finished?]
    /// Why nothing after it would succeed either: said once, and not of each change.
    private var refusal: Failure?
    /// How many calls travel together.
    private var width: Int
    /// How often calls waited longer for their turn than a proof lasts.
    private var expirations = 0

    /// How often a delete is proven again because it had to wait.
    private static let patience = 12

    /// - Parameter clock: for waits until what was written can be read.
    init(_ changes: [EventChange], of organization: String, on place: Place, clock: any Clock<Duration>) {
        self.place = place
        self.clock = clock
        width = changes.count
        ends = [EventTask.Finished?](repeating: nil, count: changes.count)
        active = changes.enumerated().map { index, change in
            let task = EventTask(change, organization: organization, target: place.target)
            return Active(index: index, task: task, call: task.firstCall, page: change.pageToProve)
        }
    }

    /// - Returns: what became of each change, and why nothing after it would succeed either.
    mutating func finish(_ proofs: inout DeletionProofs) async -> (ends: [EventTask.Finished], refusal: Failure?) {
        while !active.isEmpty {
            let unproven = await proofs.renew(active.prefix(width).compactMap(\.provenPage))
            for one in active.prefix(width) where one.provenPage.map(unproven.contains) == true {
                let reason = "its page was restored in the meantime, or cannot be looked at any more"
                ends[one.index] = .ended(.stale(reason))
            }
            let turn = active.prefix(width).filter { ends[$0.index] == nil }
            let rest = active.dropFirst(width)
            let results = await perform(turn, proofs)
            let sight = await sight(after: results)
            if case .gone(let error) = sight { refuse(error) }
            let waitedTooLong = results.contains { $0.error?.isExpired == true }
            if waitedTooLong { expirations += 1 }
            var next: [Active] = []
            var pause = Duration.zero
            for (one, result) in zip(turn, results) {
                switch progress(of: one, after: result, sight) {
                case .ended(let end): ends[one.index] = end
                case .goesOn(let one, let wait):
                    next.append(one)
                    pause = max(pause, wait)
                }
            }
            // What waits longer for its turn than a proof lasts goes in smaller groups.
            if waitedTooLong { width = max(1, turn.count / 2) }
            active = next + rest
            // Cancelled: what is unclear is still looked at, only sooner.
            if pause > .zero { try? await clock.sleep(for: pause) }
        }
        return (ends.map { $0 ?? .ended(.skipped("there was nothing to do")) }, refusal)
    }

    /// One request for each calendar that the calls are about.
    private func perform(_ turn: [Active], _ proofs: DeletionProofs) async -> [EventResult] {
        var results: [Int: EventResult] = [:]
        for calendar in Set(turn.map { $0.calendar ?? place.calendar }).sorted() {
            let own = turn.filter { ($0.calendar ?? place.calendar) == calendar }
            let answers = await place.calendars.perform(
                own.map(\.call),
                on: calendar,
                isFreshCalendar: place.isFresh,
                mayStillLeave: proofs.check(own.compactMap(\.provenPage))
            )
            for (one, answer) in zip(own, answers) { results[one.index] = answer }
        }
        return turn.compactMap { results[$0.index] }
    }

    private mutating func progress(of active: Active, after result: EventResult, _ sight: Sight) -> Progress {
        if let error = result.error {
            if error.isExpired, expirations < Self.patience { return .goesOn(active, after: .zero) }
            // That nothing may be moved says nothing of other writes.
            if error.endsWriting || error.holdsForCalendar && !active.isMove {
                refuse(error)
                if active.isWrite, !active.task.isMarking { return .ended(refused(active, result, error)) }
            }
        }
        if let error = sight.error, case .notFound? = result.error, !active.task.isMarking {
            return .ended(refused(active, result, error, isForAll: sight.isGone))
        }
        var active = active
        active.address = result.live?.address ?? active.address
        switch active.task.next(after: result, describe: describe) {
        case .finished(var end):
            end.address = result.live?.address ?? active.address
            return .ended(end)
        case .call(let call, let calendar):
            (active.call, active.calendar) = (call, calendar)
            return .goesOn(active, after: .zero)
        case .wait(let time, let call):
            (active.call, active.calendar) = (call, nil)
            return .goesOn(active, after: time)
        }
    }

    private mutating func refuse(_ error: CalendarError) { refusal = refusal ?? describe(error) }

    /// What becomes of a write that was refused with all others: not tried, unless an earlier try got no answer.
    ///
    /// - Parameter isForAll: whether it is said of the organization; otherwise it is said of the change.
    private func refused(
        _ active: Active,
        _ result: EventResult,
        _ error: CalendarError,
        isForAll: Bool = true
    ) -> EventTask.Finished {
        if active.task.mayHaveWritten || active.isWrite && result.wasRepeated { return .unclear(describe(error)) }
        return .ended(isForAll ? .skipped("Google refused it, as all of this calendar") : .failed(describe(error)))
    }

    private func describe(_ error: CalendarError) -> Failure {
        error.failure(on: place.calendar, account: place.calendars.account)
    }
}

extension EventRound {
    /// What one look at the calendar told.
    private enum Sight {
        /// It is there, so a 404 speaks of the event; or nothing was looked for.
        case there
        /// It cannot be seen, so everything else would fail as well.
        case gone(CalendarError)
        /// It could not be looked at, so a 404 says nothing.
        case unknown(CalendarError)

        var error: CalendarError? {
            switch self {
            case .there: nil
            case .gone(let error), .unknown(let error): error
            }
        }

        var isGone: Bool { if case .gone = self { true } else { false } }
    }

    /// A 404 is believed of an event once the calendar was seen after it: access to all of it may just have been taken away.
    private func sight(after results: [EventResult]) async -> Sight {
        let isAsked = results.contains { if case .notFound? = $0.error { true } else { false } }
        guard isAsked else { return .there }
        do throws(CalendarError) {
            _ = try await place.calendars.calendar(place.calendar, isFreshCalendar: place.isFresh)
            return .there
        } catch {
            return error.meansNotThere ? .gone(error) : .unknown(error)
        }
    }
}

extension EventChange {
    /// The page whose absence a delete relies on.
    fileprivate var pageToProve: PageID? {
        guard case .delete(let deletion) = self, deletion.needsProof else { return nil }
        return deletion.page
    }
}
