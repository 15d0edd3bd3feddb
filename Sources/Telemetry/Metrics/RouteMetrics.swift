package import Metrics
import ReconcileModel
import Synchronization
import Transport

/// Counts and times the answers on one route; its counters are looked up once.
package final class RouteMetrics: Sendable {
    private struct Answer: Hashable {
        var method: String
        var status: Int
    }

    private let route: String
    private let factory: any MetricsFactory
    private let duration: Timer
    private let counters = Mutex<[Answer: Counter]>([:])

    /// - Parameter route: the pattern, such as `/api/calendar/{prefix}/events`; one for all that matches none.
    package init(_ route: String, factory: any MetricsFactory) {
        (self.route, self.factory) = (route, factory)
        duration = Timer(label: Metric.httpDuration.name, dimensions: [("route", route)], factory: factory)
    }

    package func answered(method: String, status: Int, took time: Duration) {
        counter(Answer(method: Self.known(method), status: status)).increment()
        duration.recordSeconds(time.inSeconds)
    }

    private func counter(_ answer: Answer) -> Counter {
        counters.withLock { counters in
            if let known = counters[answer] { return known }
            let dimensions = [("method", answer.method), ("route", route), ("status", String(answer.status))]
            let counter = Counter(label: Metric.httpRequests.name, dimensions: dimensions, factory: factory)
            counters[answer] = counter
            return counter
        }
    }

    /// Clients may make up methods, and each would be a series of its own.
    private static func known(_ method: String) -> String {
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(method) ? method : "other"
    }
}
