import Logging
import Metrics
import ReconcileModel
import Reconciling
import Synchronization
import Telemetry
import Transport

/// The events of every organization, in memory: answered from here, read at Notion once at a time.
///
/// Failures are never kept: an old entry goes on being answered, with its age; without one, what was published last, as the
/// state has it; without that, the failure, and the next request reads anew.
final class EventsCache: Sendable {
    /// What a request gets.
    struct Answer: Sendable {
        var entry: EventsEntry
        var age: Duration
        /// Whether it is older than it should be.
        var isStale: Bool
        /// Whether the request had to wait for it to be read.
        var wasRead = false
    }

    private struct Slot {
        /// What the entry was made from, as `Organization.ofEvents`; another declaration makes it void.
        var organization: Organization
        var cache = CacheSlot()
        var reading: Task<Result<EventsEntry, Failure>, Never>?
    }

    private let slots = Mutex<[String: Slot]>([:])
    private let policy: CacheSlot.Policy
    private let patience: Duration
    private let read: @Sendable (Organization) async throws(Failure) -> EventListing
    private let published: @Sendable (Organization) async -> LastPublished?
    private let render: @Sendable (EventListing, Organization) async throws(Failure) -> EventsEntry
    private let time: ElapsedTime
    private let logger: Logger

    /// - Parameters:
    ///   - patience: how long a request waits for a reading, which goes on without it.
    ///   - published: what the state has, without any reading; nil where nothing was published yet.
    init(
        policy: CacheSlot.Policy = CacheSlot.Policy(),
        patience: Duration = .seconds(20),
        read: @escaping @Sendable (Organization) async throws(Failure) -> EventListing,
        published: @escaping @Sendable (Organization) async -> LastPublished?,
        render: @escaping @Sendable (EventListing, Organization) async throws(Failure) -> EventsEntry,
        time: ElapsedTime,
        logger: Logger
    ) {
        (self.policy, self.patience, self.read, self.published) = (policy, patience, read, published)
        (self.render, self.time, self.logger) = (render, time, logger)
    }

    func answer(for organization: Organization) async throws(Failure) -> Answer {
        let choice = slots.withLock { slots in
            choose(&slots[organization.prefix, default: Slot(organization: organization.ofEvents)], organization)
        }
        switch choice {
        case .answer(let kept): return kept
        case .wait(let reading, let old):
            switch await outcome(of: reading) {
            case .success(let entry): return Answer(entry: entry, age: .zero, isStale: false, wasRead: true)
            case .failure(let failure):
                // Too old to be answered unasked, and better than nothing.
                if let old { return old }
                guard let last = await recall(organization) else { throw failure }
                return last
            }
        }
    }

    /// Puts what was published last in place, where nothing was read since the service started.
    private func recall(_ organization: Organization) async -> Answer? {
        guard let last = await published(organization) else { return nil }
        let entry: EventsEntry
        do throws(Failure) { entry = try await render(last.listing, organization) } catch { return nil }
        return slots.withLock { slots in
            var slot = slots[organization.prefix] ?? Slot(organization: organization.ofEvents)
            guard slot.organization == organization.ofEvents else { return nil }
            defer { slots[organization.prefix] = slot }
            let now = time.now()
            if slot.cache.replace(with: entry, begun: now - max(last.age, policy.timeToLive)) {
                slot.cache.fail(at: now)
            }
            return answer(slot, at: now)
        }
    }

    /// What is in memory, where nothing needs to be read; does not wait.
    func kept(for organization: Organization) -> Answer? {
        slots.withLock { slots in
            guard let slot = slots[organization.prefix], slot.organization == organization.ofEvents else { return nil }
            let now = time.now()
            return slot.cache.decision(at: now, policy) == .answer ? answer(slot, at: now) : nil
        }
    }

    /// How long an answer is as good as new.
    var timeToLive: Duration { policy.timeToLive }

    /// Puts what a run has read in place at once.
    ///
    /// - Parameters:
    ///   - organization: as it is declared now.
    ///   - begun: when the run began, on the clock of `now`.
    /// - Returns: false where something is in place that was read after the run began, and perhaps before it read this.
    func replace(
        _ listing: EventListing,
        of organization: Organization,
        begun: Duration
    ) async throws(Failure) -> Bool {
        let entry = try await render(listing, organization)
        return slots.withLock { slots in
            var slot = slots[organization.prefix] ?? Slot(organization: organization.ofEvents)
            if slot.organization != organization.ofEvents { slot = Slot(organization: organization.ofEvents) }
            defer { slots[organization.prefix] = slot }
            return slot.cache.replace(with: entry, begun: begun)
        }
    }

    /// Reads anew. A reading that is under way may have begun before what is to be seen now: that one is waited for first.
    /// Neither is waited for longer than a request waits, nor beyond cancellation.
    func refresh(_ organization: Organization) async {
        if let earlier = slots.withLock({ $0[organization.prefix]?.reading }) { _ = await outcome(of: earlier) }
        let reading = slots.withLock { slots in
            start(&slots[organization.prefix, default: Slot(organization: organization.ofEvents)], organization)
        }
        _ = await outcome(of: reading)
    }

    /// Notes that there is something newer at Notion.
    func outdate(_ prefixes: [String]) {
        slots.withLock { slots in
            for prefix in prefixes { slots[prefix]?.cache.outdate(at: time.now()) }
        }
    }

    /// Time since the start of the service.
    var now: Duration { time.now() }

    /// What is there, without reading anything.
    func entry(of prefix: String) -> EventsEntry? { slots.withLock { $0[prefix]?.cache.entry } }

    /// Forgets organizations that are not declared any more.
    func keep(only prefixes: Set<String>) { slots.withLock { $0 = $0.filter { prefixes.contains($0.key) } } }

    private enum Choice {
        case answer(Answer)
        /// For a reading; where it fails, the old answer is better than none.
        case wait(Task<Result<EventsEntry, Failure>, Never>, old: Answer?)
    }

    private func choose(_ slot: inout Slot, _ organization: Organization) -> Choice {
        if slot.organization != organization.ofEvents { slot = Slot(organization: organization.ofEvents) }
        let now = time.now()
        let kept = answer(slot, at: now)
        switch (slot.cache.decision(at: now, policy), kept) {
        case (.answer, let kept?): return .answer(kept)
        case (.answerAndRead, let kept?):
            _ = start(&slot, organization)
            return .answer(kept)
        // One who waits finds out whether Notion answers; as long as that takes, an old answer is better than none.
        case (.waitForReading, let kept?) where slot.reading != nil: return .answer(kept)
        default: return .wait(start(&slot, organization), old: kept)
        }
    }

    private func answer(_ slot: Slot, at now: Duration) -> Answer? {
        let (age, isStale) = (slot.cache.age(at: now), slot.cache.isStale(at: now, policy))
        return slot.cache.entry.map { Answer(entry: $0, age: age, isStale: isStale) }
    }

    private func start(
        _ slot: inout Slot,
        _ organization: Organization
    ) -> Task<Result<EventsEntry, Failure>, Never> {
        if slot.organization != organization.ofEvents { slot = Slot(organization: organization.ofEvents) }
        let reading = slot.reading ?? Task { await self.reading(of: organization) }
        slot.reading = reading
        return reading
    }

    /// The one reading at a time. It belongs to no request: one that goes away must not end it for the others.
    private func reading(of organization: Organization) async -> Result<EventsEntry, Failure> {
        let begun = time.now()
        let result: Result<EventsEntry, Failure>
        do throws(Failure) {
            result = .success(try await render(try await read(organization), organization))
        } catch {
            logger.warning(
                "events could not be read",
                metadata: ["organization": "\(organization.prefix)", "error": "\(error)"]
            )
            result = .failure(error)
        }
        slots.withLock { slots in
            guard var slot = slots[organization.prefix], slot.organization == organization.ofEvents
            else { return }
            slot.reading = nil
            switch result {
            case .success(let entry): _ = slot.cache.replace(with: entry, begun: begun)
            case .failure: slot.cache.fail(at: time.now())
            }
            slots[organization.prefix] = slot
        }
        return result
    }

    /// What comes of a reading, as far as a request waits for it.
    private func outcome(
        of reading: Task<Result<EventsEntry, Failure>, Never>
    ) async -> Result<EventsEntry, Failure> {
        let result = await Patience.value(of: reading) { [time, patience] in
            do throws(CancellationError) { try await time.sleep(for: patience) } catch {}
        }
        return result ?? .failure(Self.tooSlow)
    }

    private static let tooSlow = Failure(code: "notion_slow", message: "Notion did not answer in time.")
}
