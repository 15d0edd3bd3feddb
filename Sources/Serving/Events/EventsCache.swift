import Logging
import Metrics
import ReconcileModel
import Synchronization
import Telemetry
import Transport

/// The events of every organization, in memory: answered from here, read at Notion once at a time.
///
/// Failures are never kept: an old entry goes on being answered, with its age; without one the failure is answered, and the
/// next request reads anew.
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
        /// What the entry was made from; another declaration makes it void.
        var organization: Organization
        var cache = CacheSlot()
        var reading: Task<Result<EventsEntry, Failure>, Never>?
    }

    private let slots = Mutex<[String: Slot]>([:])
    private let policy: CacheSlot.Policy
    private let read: @Sendable (Organization) async throws(Failure) -> EventListing
    private let render: @Sendable (EventListing, Organization) async throws(Failure) -> EventsEntry
    private let time: ElapsedTime
    private let logger: Logger

    init(
        policy: CacheSlot.Policy = CacheSlot.Policy(),
        read: @escaping @Sendable (Organization) async throws(Failure) -> EventListing,
        render: @escaping @Sendable (EventListing, Organization) async throws(Failure) -> EventsEntry,
        time: ElapsedTime,
        logger: Logger
    ) {
        (self.policy, self.read, self.render, self.time, self.logger) = (policy, read, render, time, logger)
    }

    func answer(for organization: Organization) async throws(Failure) -> Answer {
        let (decision, reading, kept) = slots.withLock { slots in
            decide(&slots[organization.prefix, default: Slot(organization: organization)], organization)
        }
        if let kept, decision != .waitForReading { return kept }
        guard let reading else { throw Self.stopped }
        switch await reading.value {
        case .success(let entry): return Answer(entry: entry, age: .zero, isStale: false, wasRead: true)
        case .failure(let failure):
            // Too old to be answered unasked, and better than nothing.
            if var kept {
                kept.isStale = true
                return kept
            }
            throw failure
        }
    }

    /// Puts what a run has read in place at once.
    ///
    /// - Parameter begun: when the run began, on the clock of `now`.
    func replace(_ listing: EventListing, of organization: Organization, begun: Duration) async throws(Failure) {
        let entry = try await render(listing, organization)
        slots.withLock { slots in
            var slot = slots[organization.prefix] ?? Slot(organization: organization)
            if slot.organization != organization { slot = Slot(organization: organization) }
            slot.cache.replace(with: entry, begun: begun)
            slots[organization.prefix] = slot
        }
    }

    /// Reads anew now, or joins the reading that is under way.
    func refresh(_ organization: Organization) async {
        let reading = slots.withLock { slots in
            start(&slots[organization.prefix, default: Slot(organization: organization)], organization)
        }
        _ = await reading.value
    }

    /// Time since the start of the service.
    var now: Duration { time.now() }

    /// What is there, without reading anything.
    func entry(of prefix: String) -> EventsEntry? { slots.withLock { $0[prefix]?.cache.entry } }

    /// Forgets organizations that are not declared any more.
    func keep(only prefixes: Set<String>) { slots.withLock { $0 = $0.filter { prefixes.contains($0.key) } } }

    private typealias Choice = (CacheSlot.Decision, Task<Result<EventsEntry, Failure>, Never>?, Answer?)

    private func decide(_ slot: inout Slot, _ organization: Organization) -> Choice {
        if slot.organization != organization { slot = Slot(organization: organization) }
        let now = time.now()
        let decision = slot.cache.decision(at: now, policy)
        if decision != .answer { _ = start(&slot, organization) }
        let age = slot.cache.age(at: now)
        let kept = slot.cache.entry.map { Answer(entry: $0, age: age, isStale: age >= policy.timeToLive) }
        return (decision, slot.reading, kept)
    }

    private func start(
        _ slot: inout Slot,
        _ organization: Organization
    ) -> Task<Result<EventsEntry, Failure>, Never> {
        if slot.organization != organization { slot = Slot(organization: organization) }
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
            guard var slot = slots[organization.prefix], slot.organization == organization else { return }
            slot.reading = nil
            switch result {
            case .success(let entry): slot.cache.replace(with: entry, begun: begun)
            case .failure: slot.cache.fail(at: time.now())
            }
            slots[organization.prefix] = slot
        }
        return result
    }

    private static let stopped = Failure(code: "stopped", message: "The service is stopping.")
}
