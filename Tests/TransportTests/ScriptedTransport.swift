import Logging
import Synchronization
import TestSupport
import Transport

/// A far end that gives the answers of a list, one after the other, and the last one for ever.
final class ScriptedTransport: HTTPTransport {
    typealias Step = Result<IncomingResponse, TransportError>

    private let steps: [Step]
    private let clock: ManualClock
    private let sentTimes = Mutex<[Duration]>([])

    init(_ steps: [Step], clock: ManualClock) { (self.steps, self.clock) = (steps, clock) }

    /// When each request came.
    var times: [Duration] { sentTimes.withLock(\.self) }

    func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse {
        let number = sentTimes.withLock { times in
            times.append(clock.now.offset)
            return times.count
        }
        guard let step = number <= steps.count ? steps[number - 1] : steps.last else { throw .cancelled }
        return try step.get()
    }
}

extension Instruments {
    /// Waits by this clock, always as long, and reports to nobody.
    static func silent(_ clock: any Clock<Duration>) -> Instruments {
        Instruments(
            clock: clock,
            random: { 0.5 },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}
