import Metrics
import Synchronization

/// The numbers of one metric under one combination of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// Appends lines of the text format.
    ///
    /// - Parameter labels: ready to be written, without braces.
    func write(name: String, labels: String, to text: inout String)
}

/// A sum that only grows.
final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    private let sum = Mutex(0.0)

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        sum.withLock { $0 += amount }
    }

    func reset() { sum.withLock { $0 = 0 } }

    func write(name: String, labels: String, to text: inout String) {
        text += ExpositionText.sample(name, labels, sum.withLock(\.self))
    }
}

/// A value that comes and goes.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func write(name: String, labels: String, to text: inout String) {
        text += ExpositionText.sample(name, labels, value.withLock(\.self))
    }
}

/// How often values fell below each of several bounds.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
    private struct State {
        /// One for each bound, and one for what is beyond the last.
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    /// - Parameter bounds: ascending.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[index] += 1
            state.sum += value
        }
    }

    func write(name: String, labels: String, to text: inout String) {
        let state = state.withLock(\.self)
        let prefix = labels.isEmpty ? "" : "\(labels),"
        var count: UInt64 = 0
        for (bound, own) in zip(bounds + [.infinity], state.counts) {
            count += own
            let bound = ExpositionText.number(bound)
            text += ExpositionText.sample("\(name)_bucket", "\(prefix)le=\"\(bound)\"", Double(count))
        }
        text += ExpositionText.sample("\(name)_sum", labels, state.sum)
        text += ExpositionText.sample("\(name)_count", labels, Double(count))
    }
}
