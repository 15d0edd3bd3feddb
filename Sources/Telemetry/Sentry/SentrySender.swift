import HTTPTypes
package import Logging
package import Metrics
import ReconcileModel
import Synchronization
package import Transport

/// Sends reports in the background, one after the other, errors first.
///
/// Nobody waits for it, and it keeps nothing that Sentry does not take: reports are dropped, and counted, where too many
/// wait, where Sentry asks for a pause, and where it cannot be reached.
package final class SentrySender: Sendable {
    private struct State {
        var queue: SentryQueue
        var limits = SentryRateLimits()
        /// Whether the last attempt failed: only the first failure in a row is worth a warning.
        var isFailing = false
    }

    enum Outcome: String {
        case sent
        case queueFull = "queue_full"
        case rateLimited = "rate_limited"
        case refused, unreachable
    }

    private let settings: SentrySettings
    private let transport: any HTTPTransport
    private let time: ElapsedTime
    private let now: @Sendable () -> Instant
    private let factory: any MetricsFactory
    private let logger: Logger
    private let state: Mutex<State>
    private let (endings, ending) = AsyncStream<Void>.makeStream()
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - transport: without retries and without tracing of its own.
    ///   - now: the time of day, for the header of a report.
    package init(
        _ settings: SentrySettings,
        transport: any HTTPTransport,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        logger: Logger,
        clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Instant = { .now }
    ) {
        (self.settings, self.transport, self.logger) = (settings, transport, logger)
        (time, factory, self.now) = (ElapsedTime(clock: clock), metrics, now)
        state = Mutex(State(queue: SentryQueue(limit: settings.queueLimit)))
    }

    /// Takes a report; the oldest one of its kind that waits makes room for it, if there must be some.
    func enqueue(_ envelope: SentryEnvelope) {
        let hasDropped = state.withLock { $0.queue.append(envelope) }
        if hasDropped { count(.queueFull) }
        arrival.yield()
    }

    /// Sends what arrives until `finish` or cancellation; then what is still waiting, as long as the settings allow.
    ///
    /// To be called once.
    package func run() async {
        await withTaskGroup { group in
            group.addTask { [arrivals] in
                for await _ in arrivals { await self.sendAll() }
            }
            group.addTask { [endings] in
                for await _ in endings {}
                await self.waitForShutdown()
            }
            // Whichever ends first ends the other.
            await group.next()
            group.cancelAll()
        }
        // A cancelled task can send nothing any more, so the rest is sent by a task of its own.
        if Task.isCancelled { await Task { await self.sendRest() }.value }
        let left = state.withLock { $0.queue.count }
        if left > 0 { logger.warning("reports not sent in time", metadata: ["reports": "\(left)"]) }
    }

    /// Lets `run` come to its end.
    package func finish() {
        arrival.finish()
        ending.finish()
    }

    private func sendRest() async {
        await withTaskGroup { group in
            group.addTask { await self.sendAll() }
            group.addTask { await self.waitForShutdown() }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitForShutdown() async { _ = try? await time.sleep(for: settings.shutdownTimeout) }

    private func sendAll() async {
        while !Task.isCancelled, let envelope = next() {
            guard let outcome = await send(envelope) else { return putBack(envelope) }
            count(outcome)
        }
    }

    private func next() -> SentryEnvelope? { state.withLock { $0.queue.popFirst() } }

    private func putBack(_ envelope: SentryEnvelope) { state.withLock { $0.queue.putBack(envelope) } }

    /// - Returns: nil where the task was cancelled before anything came of it.
    private func send(_ envelope: SentryEnvelope) async -> Outcome? {
        guard !state.withLock({ $0.limits.isLimited(envelope.category, at: time.now()) }) else { return .rateLimited }
        do throws(TransportError) {
            let response = try await transport.send(request(envelope))
            state.withLock { $0.limits.update(from: response, at: time.now()) }
            let isTaken = (200..<300).contains(response.status)
            note(isTaken ? nil : "status \(response.status)")
            return isTaken ? .sent : response.status == 429 ? .rateLimited : .refused
        } catch .cancelled {
            return nil
        } catch {
            note(error.failure.message)
            return .unreachable
        }
    }

    private func request(_ envelope: SentryEnvelope) -> OutgoingRequest {
        let dsn = settings.dsn
        var head = HTTPRequest(method: .post, scheme: dsn.scheme, authority: dsn.authority, path: dsn.path)
        head.headerFields[.contentType] = "application/x-sentry-envelope"
        let client = "\(SentryClient.name)/\(SentryClient.version)"
        if let name = HTTPField.Name("X-Sentry-Auth") {
            head.headerFields[name] = "Sentry sentry_version=7, sentry_client=\(client), sentry_key=\(dsn.publicKey)"
        }
        return OutgoingRequest(head: head, body: envelope.body(sentAt: now()))
    }

    /// - Parameter problem: nil: there was none.
    private func note(_ problem: String?) {
        let isNew = state.withLock { state in
            defer { state.isFailing = problem != nil }
            return !state.isFailing
        }
        guard let problem, isNew else { return }
        logger.warning("Sentry does not take reports", metadata: ["reason": "\(problem)"])
    }

    private func count(_ outcome: Outcome) {
        let dimensions = [("outcome", outcome.rawValue)]
        Counter(label: Metric.errorReports.name, dimensions: dimensions, factory: factory).increment()
    }
}
