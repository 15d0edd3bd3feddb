import CalendarAPI
import ReconcileModel

/// Changes fields of an event, on the condition that it still is the version that was seen.
struct UpdateTask: Sendable {
    private enum State: Sendable {
        case patching
        /// Reading what became of it; `doubt`: what the write was answered, where that left it unclear.
        case inspecting(doubt: CalendarError?)
    }

    private let update: EventUpdate
    private let patch: EventPatch
    private let managedFields: Set<EventField>
    private var state = State.patching
    private var patches = 1

    private static let limit = 4

    init(_ update: EventUpdate, organization: String, target: OrganizationPlan.Target) {
        (self.update, managedFields) = (update, target.managedFields)
        let desired = update.desired
        let marks =
            update.marks ?? EventMarks(of: desired, organization: organization, target.database, on: update.live.id)
        patch = EventPatch(
            fields: Set(update.fields),
            event: desired.event,
            marks: marks,
            clearsOtherMarks: update.marks != nil
        )
    }

    var firstCall: EventCall { call(etag: update.live.etag) }

    private func call(etag: ETag) -> EventCall { .patch(update.live.id, patch, ifMatch: etag.condition) }

    mutating func next(
        after result: Result<EventAnswer, CalendarError>,
        describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        switch state {
        case .patching: afterPatch(result, describe)
        case .inspecting(let doubt): afterInspection(result, doubt: doubt, describe)
        }
    }

    private mutating func afterPatch(
        _ result: Result<EventAnswer, CalendarError>,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        if let live = result.live {
            // Without a condition a PATCH lands on an event that was deleted meanwhile, too, and leaves it deleted.
            guard live.status == .live else { return .finished(.ended(.stale("it was deleted in the meantime"))) }
            return done(live)
        }
        let error = result.error ?? .malformedAnswer(reason: "no event in it")
        switch error {
        case .preconditionFailed: return inspect(doubt: nil)
        case .notFound, .gone: return .finished(.ended(.stale("it was deleted in the meantime")))
        default:
            return error.isUnknownOutcome ? inspect(doubt: error) : .finished(.ended(.failed(describe(error))))
        }
    }

    private mutating func inspect(doubt: CalendarError?) -> EventTask.Step {
        state = .inspecting(doubt: doubt)
        return .call(.get(update.live.id))
    }

    private mutating func afterInspection(
        _ result: Result<EventAnswer, CalendarError>,
        doubt: CalendarError?,
        _ describe: (CalendarError) -> Failure
    ) -> EventTask.Step {
        guard let live = result.live else {
            switch result.error {
            case .notFound, .gone: return .finished(.ended(.stale("it was deleted in the meantime")))
            case let error:
                let failure = describe(doubt ?? error ?? .malformedAnswer(reason: "no event in it"))
                return .finished(doubt == nil ? .ended(.failed(failure)) : .unclear(failure))
            }
        }
        let page = live.marks?.page
        let isOurs = page == update.desired.page || page == update.live.marks?.page
        guard live.status == .live, isOurs, let event = live.event else {
            return .finished(.ended(.stale("it was deleted or taken over in the meantime")))
        }
        let fields = Set(update.fields)
        // Our own write, whose answer was lost, or somebody else's same idea.
        if page == update.desired.page, update.desired.event.differences(from: event, among: fields).isEmpty {
            return done(live)
        }
        if let doubt { return .finished(.ended(.failed(describe(doubt)))) }
        guard let seen = update.live.event, seen.differences(from: event, among: managedFields).isEmpty else {
            return .finished(.ended(.stale("somebody changed it in the meantime")))
        }
        // Only what is not ours changed (a guest answered, a colour was set): what was planned still holds.
        guard patches < Self.limit else { return .finished(.ended(.stale("it keeps changing"))) }
        patches += 1
        state = .patching
        return .call(call(etag: live.etag))
    }

    private func done(_ live: LiveEvent) -> EventTask.Step {
        .finished(
            EventTask.Finished(
                outcome: .applied,
                event: live.id,
                etag: live.etag,
                linked: (live.id, vouches(for: live) ? live.etag : update.live.etag, update.desired)
            )
        )
    }

    /// Whether what we did not write is as it was seen.
    ///
    /// Google may carry a PATCH out although somebody changed another field since. A link to that version would say that it
    /// is as we want it, and hide the change for ever; with the older version the next plan compares the fields.
    private func vouches(for live: LiveEvent) -> Bool {
        guard let seen = update.live.event, let event = live.event else { return false }
        return seen.differences(from: event, among: managedFields.subtracting(update.fields)).isEmpty
    }
}
