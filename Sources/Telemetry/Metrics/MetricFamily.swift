import Metrics
import ReconcileModel
import Synchronization

/// One metric with all its series.
final class MetricFamily: Sendable {
    /// A label with its value.
    struct Dimension: Hashable, Sendable {
        var name: String
        var value: String
    }

    let metric: Metric
    private let limit: Int
    private let series = Mutex<[[Dimension]: any MetricSeries]>([:])

    /// - Parameter limit: how many combinations of labels are told apart.
    init(_ metric: Metric, limit: Int) { (self.metric, self.limit) = (metric, limit) }

    /// The series of these labels; that of all surplus labels together where there are too many.
    ///
    /// - Parameter onOverflow: called each time where there are.
    func series(_ dimensions: [(String, String)], onOverflow: () -> Void) -> any MetricSeries {
        var key = dimensions.map { Dimension(name: $0.0, value: $0.1) }
        if key.count > 1 { key.sort { $0.name < $1.name } }
        let (found, hasOverflowed) = series.withLock { series -> (any MetricSeries, Bool) in
            if let known = series[key] { return (known, false) }
            let isSurplus = series.count >= limit
            if isSurplus {
                key = key.map { Dimension(name: $0.name, value: "other") }
                if let known = series[key] { return (known, true) }
            }
            let made = makeSeries()
            series[key] = made
            return (made, isSurplus)
        }
        if hasOverflowed { onOverflow() }
        return found
    }

    func remove(_ handler: AnyObject) {
        series.withLock { series in
            guard let key = series.first(where: { $0.value === handler })?.key else { return }
            series[key] = nil
        }
    }

    func write(to text: inout String) {
        let rows = series.withLock { Array($0) }
            .map { (labels: ExpositionText.labels($0.key), series: $0.value) }
            .sorted { $0.labels < $1.labels }
        guard !rows.isEmpty else { return }
        text += ExpositionText.head(metric.name, help: metric.help, type: metric.kind.word)
        for row in rows { row.series.write(name: metric.name, labels: row.labels, to: &text) }
    }

    private func makeSeries() -> any MetricSeries {
        switch metric.kind {
        case .counter: CounterSeries()
        case .gauge: GaugeSeries()
        case .histogram(let buckets): HistogramSeries(bounds: buckets)
        }
    }
}

extension Metric.Kind {
    /// As the text format has it.
    var word: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
