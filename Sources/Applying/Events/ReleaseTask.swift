import CalendarAPI
import ReconcileModel

/// Takes our marks off an event, on the condition that it still is the one that was seen; what people made of it meanwhile stays.
struct ReleaseTask: Sendable {
    private enum State: Sendable {
        case patching
        case inspecting(doubt: CalendarError?)
    }

    private let release: EventRelease
    private var state = State.patching
    private var patches = 1
    private(set) var mayHaveWritten = false

    private static let limit = 4

    init(_ release: EventRelease) { self.release = release }

    var firstCall: EventCall { call(release.live.etag) }

    private func call(_ etag: ETag) -> EventCall { .patch(release.live.id, .withoutMarks, ifMatch: etag.condition) }

    mutating func next(
        after result: EventResult,
        describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        switch state {
        case .patching: afterPatch(result, describe)
        case .inspecting(let doubt): afterInspection(result, doubt: doubt, describe)
        }
    }

    private mutating func afterPatch(
        _ result: EventResult,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if result.leavesDoubtOfEvent { mayHaveWritten = true }
        if let live = result.live {
            guard live.marks != nil, live.status == .live else { return released(.applied) }
            mayHaveWritten = true
            return inspect(doubt: .unconfirmed(reason: "the event that was answered has our marks"))
        }
        let error = result.error ?? .malformedAnswer(reason: "no event in it")
        switch error {
        case .preconditionFailed: return inspect(doubt: nil)
        case .notFound, .gone: return released(.done)
        default:
            return result.leavesDoubtOfEvent ? inspect(doubt: error) : .finished(.ended(.failed(describe(error))))
        }
    }

    private mutating func inspect(doubt: CalendarError?) -> EventTask.Step {
        state = .inspecting(doubt: doubt)
        return .call(.get(release.live.id))
    }

    private mutating func afterInspection(
        _ result: EventResult,
        doubt: CalendarError?,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        guard let live = result.live else {
            switch result.error {
            case .notFound, .gone: return released(.done)
            case let error:
                return .finished(.unseen(error, doubt: doubt, mayHaveWritten: mayHaveWritten, describe))
            }
        }
        guard live.status == .live else { return released(.done) }
        guard !live.isHidden else { return .finished(.ended(.stale(EventTask.hidden))) }
        guard let marks = live.marks else { return released(mayHaveWritten ? .applied : .done) }
        guard marks.page == release.page else { return .finished(.ended(.stale("it was taken over in the meantime"))) }
        if let doubt { return .finished(.ended(.failed(describe(doubt)))) }
        guard patches < Self.limit else { return .finished(.ended(.stale("it keeps changing"))) }
        patches += 1
        state = .patching
        return .call(call(live.etag))
    }

    /// It carries no mark of ours, or is there no more.
    private func released(_ outcome: Outcome) -> EventTask.Step {
        .finished(EventTask.Finished(outcome: outcome, event: release.live.id, isGone: true))
    }
}
