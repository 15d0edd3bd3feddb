import Metrics
import ReconcileModel

/// Counts and times the requests to one API.
struct RequestMetrics: Sendable {
    private let api: String
    private let factory: any MetricsFactory
    private let duration: Timer
    private let retries: Counter
    private let waits: FloatingPointCounter

    init(api: String, factory: any MetricsFactory) {
        (self.api, self.factory) = (api, factory)
        let dimensions = [("api", api)]
        duration = Timer(label: Metric.apiDuration.name, dimensions: dimensions, factory: factory)
        retries = Counter(label: Metric.apiRetries.name, dimensions: dimensions, factory: factory)
        waits = FloatingPointCounter(label: Metric.apiWaits.name, dimensions: dimensions, factory: factory)
    }

    func attempted(_ result: Result<IncomingResponse, TransportError>, number: Int, took time: Duration) {
        let dimensions = [("api", api), ("status", result.statusLabel)]
        Counter(label: Metric.apiRequests.name, dimensions: dimensions, factory: factory).increment()
        duration.recordSeconds(time.inSeconds)
        if number > 1 { retries.increment() }
    }

    func waited(_ time: Duration) {
        // Most requests do not wait.
        if time > .zero { waits.increment(by: time.inSeconds) }
    }
}

extension Result<IncomingResponse, TransportError> {
    /// The status code, or one word for why there is none.
    var statusLabel: String {
        switch self {
        case .success(let response): String(response.status)
        case .failure(.timedOut): "timeout"
        case .failure(.unreachable): "unreachable"
        case .failure(.interrupted): "interrupted"
        case .failure(.untrusted): "untrusted"
        case .failure(.tooLarge): "too_large"
        case .failure(.refused): "refused"
        case .failure(.suspended): "suspended"
        case .failure(.expired): "expired"
        case .failure(.cancelled): "cancelled"
        }
    }
}
