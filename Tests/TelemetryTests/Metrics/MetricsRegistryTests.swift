import Metrics
import ReconcileModel
import Telemetry
import Testing

struct MetricsRegistryTests {
    private let registry = MetricsRegistry(describing: [
        Metric(name: "calls_total", help: "Calls, by \\ and\nline.", kind: .counter),
        Metric(name: "length", help: "Length.", kind: .gauge),
        Metric(name: "time_seconds", help: "Time.", kind: .histogram(buckets: [0.1, 1])),
    ])

    /// The lines of one metric.
    private func lines(_ name: String) -> [String] {
        registry.exposition().split(separator: "\n").map(String.init).filter { $0.contains(name) }
    }

    @Test func `counters add up by their labels`() {
        Counter(label: "calls_total", dimensions: [("api", "b")], factory: registry).increment(by: 2)
        Counter(label: "calls_total", dimensions: [("api", "b")], factory: registry).increment()
        FloatingPointCounter(label: "calls_total", dimensions: [("api", "a")], factory: registry).increment(by: 0.25)
        #expect(
            lines("calls_total") == [
                #"# HELP calls_total Calls, by \\ and\nline."#, "# TYPE calls_total counter",
                #"calls_total{api="a"} 0.25"#, #"calls_total{api="b"} 3"#,
            ]
        )
    }

    @Test func `a counter never falls`() {
        let counter = FloatingPointCounter(label: "calls_total", factory: registry)
        for amount in [1, -1, .nan, .infinity, 2] as [Double] { counter.increment(by: amount) }
        #expect(lines("calls_total").last == "calls_total 3")
    }

    @Test func `gauges and meters have the last value`() {
        let meter = Meter(label: "length", factory: registry)
        meter.set(4)
        meter.decrement(by: 1.5)
        #expect(lines("length").last == "length 2.5")
        Gauge(label: "length", factory: registry).record(7)
        #expect(lines("length").last == "length 7")
    }

    @Test func `a timer fills buckets in seconds, each with all that is below`() {
        let timer = Timer(label: "time_seconds", dimensions: [("route", "/")], factory: registry)
        for milliseconds in [50, 100, 500, 5_000] { timer.recordMilliseconds(milliseconds) }
        #expect(
            lines("time_seconds").dropFirst() == [
                "# TYPE time_seconds histogram", #"time_seconds_bucket{route="/",le="0.1"} 2"#,
                #"time_seconds_bucket{route="/",le="1"} 3"#, #"time_seconds_bucket{route="/",le="+Inf"} 4"#,
                #"time_seconds_sum{route="/"} 5.65"#, #"time_seconds_count{route="/"} 4"#,
            ]
        )
    }

    @Test(arguments: [
        (#"say "hi""#, #"say \"hi\""#), (#"C:\x"#, #"C:\\x"#), ("two\nlines", #"two\nlines"#), ("日本", "日本"),
    ])
    func `values of labels are escaped`(value: String, escaped: String) {
        Counter(label: "calls_total", dimensions: [("api", value)], factory: registry).increment()
        #expect(lines("calls_total").last == "calls_total{api=\"\(escaped)\"} 1")
    }

    @Test func `names that nobody described are made to fit`() {
        Counter(label: "hb.requests", dimensions: [("hb-uri:", "/")], factory: registry).increment()
        Timer(label: "2.time", factory: registry).recordSeconds(1)
        Recorder(label: "sizes", factory: registry).record(3)
        #expect(lines("hb_requests").contains(#"hb_requests_total{hb_uri_="/"} 1"#))
        #expect(lines("_2_time").contains("_2_time_seconds_count 1"))
        #expect(lines("sizes").contains("sizes_sum 3"))
    }

    @Test func `what does not fit the metric of its name is not shown`() {
        Counter(label: "length", factory: registry).increment()
        Meter(label: "calls_total", factory: registry).set(5)
        Timer(label: "calls", factory: registry).recordSeconds(1)
        Counter(label: "calls", factory: registry).increment(by: 8)
        #expect(lines("calls_total").last == "calls_total 8")
        #expect(lines("calls_seconds").last == "calls_seconds_count 1")
        #expect(lines("length").isEmpty)
    }

    @Test func `combinations of labels beyond the limit are counted together`() {
        let registry = MetricsRegistry(seriesLimit: 3)
        for number in 0..<100 {
            let dimensions = [("organization", "org\(number)"), ("action", "create")]
            Counter(label: Metric.changes.name, dimensions: dimensions, factory: registry).increment()
        }
        let lines = registry.exposition().split(separator: "\n")
        let counts = lines.filter { $0.hasPrefix("reconcile_changes_total{") }
        #expect(counts.count == 4)
        #expect(counts.contains(#"reconcile_changes_total{action="other",organization="other"} 97"#))
        #expect(lines.contains("reconcile_metrics_series_dropped_total 97"))
    }

    @Test func `what is destroyed is not shown any more`() {
        let counter = Counter(label: "calls_total", factory: registry)
        counter.increment()
        #expect(!lines("calls_total").isEmpty)
        counter.destroy()
        #expect(lines("calls_total").isEmpty)
    }

    @Test func `nothing is lost between tasks`() async {
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask { [registry] in
                    for number in 0..<1_000 {
                        let dimensions = [("api", String((task + number) % 4))]
                        Counter(label: "calls_total", dimensions: dimensions, factory: registry).increment()
                        Timer(label: "time_seconds", factory: registry).recordMilliseconds(1)
                    }
                }
            }
        }
        #expect(lines("calls_total").suffix(4) == (0..<4).map { "calls_total{api=\"\($0)\"} 2000" })
        #expect(lines("time_seconds").last == "time_seconds_count 8000")
    }
}
