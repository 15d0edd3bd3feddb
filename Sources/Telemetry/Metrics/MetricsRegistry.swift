package import Metrics
package import ReconcileModel
import Synchronization

/// Keeps the metrics of one service and shows them as Prometheus reads them.
///
/// Made once and handed to whoever counts; there is no global one, so that services run side by side in one process.
package final class MetricsRegistry: MetricsFactory {
    private struct State {
        /// Those of the table, by their names, which emitters use as labels.
        var described: [String: MetricFamily] = [:]
        /// All of them.
        var byName: [String: MetricFamily] = [:]
        var updates: [@Sendable () -> Void] = []
    }

    private let state: Mutex<State>
    private let seriesLimit: Int
    private let overflows: CounterSeries

    /// - Parameters:
    ///   - metrics: what is known of names beforehand. Others get a name that fits Prometheus, and ordinary buckets.
    ///   - seriesLimit: how many combinations of labels one metric may have; what is beyond is counted together, as `other`.
    package init(describing metrics: [Metric] = Metric.all, seriesLimit: Int = 2_000) {
        self.seriesLimit = seriesLimit
        let dropped = MetricFamily(.droppedSeries, limit: seriesLimit)
        let families = [dropped] + metrics.map { MetricFamily($0, limit: seriesLimit) }
        let byName = Dictionary(families.map { ($0.metric.name, $0) }) { first, _ in first }
        overflows = dropped.series([], onOverflow: {}) as? CounterSeries ?? CounterSeries()
        state = Mutex(State(described: byName, byName: byName))
    }

    /// Has `update` called before each exposition, for what is measured only when somebody looks.
    package func beforeExposition(_ update: @escaping @Sendable () -> Void) {
        state.withLock { $0.updates.append(update) }
    }

    /// All metrics in the text format 0.0.4, media type `text/plain; version=0.0.4; charset=utf-8`; the same figures give the
    /// same text.
    package func exposition() -> String {
        for update in state.withLock(\.updates) { update() }
        let families = state.withLock { $0.byName }.sorted { $0.key < $1.key }.map(\.value)
        var text = ""
        for family in families { family.write(to: &text) }
        return text
    }

    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    // MARK: MetricsFactory

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        // What does not fit the metric of that name counts where nobody looks: better a figure missing than a wrong one.
        series(label, dimensions, .counter, suffix: "_total") as? CounterSeries ?? CounterSeries()
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter, suffix: "_total") as? CounterSeries ?? CounterSeries()
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge) as? GaugeSeries ?? GaugeSeries()
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(label, dimensions, .gauge) as? GaugeSeries ?? GaugeSeries() }
        let found = series(label, dimensions, .histogram(buckets: Self.ordinaryBuckets))
        return found as? HistogramSeries ?? HistogramSeries(bounds: [])
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let found = series(label, dimensions, .histogram(buckets: Self.ordinaryBuckets), suffix: "_seconds")
        return found as? HistogramSeries ?? HistogramSeries(bounds: [])
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// Those of Prometheus' own clients.
    private static let ordinaryBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// - Returns: nil where the metric of that name is of another kind.
    private func series(
        _ label: String,
        _ dimensions: [(String, String)],
        _ kind: Metric.Kind,
        suffix: String = ""
    ) -> (any MetricSeries)? {
        let family = state.withLock { state in
            if let known = state.described[label] { return known }
            var name = ExpositionText.name(label)
            if !name.hasSuffix(suffix) { name += suffix }
            if let known = state.byName[name] { return known }
            let metric = Metric(name: name, help: "Not described.", kind: kind)
            let family = MetricFamily(metric, limit: seriesLimit)
            state.byName[name] = family
            return family
        }
        guard family.metric.kind.word == kind.word else { return nil }
        return family.series(dimensions) { overflows.increment(by: 1.0) }
    }

    private func remove(_ handler: AnyObject) {
        let families = state.withLock { Array($0.byName.values) }
        for family in families { family.remove(handler) }
    }
}
