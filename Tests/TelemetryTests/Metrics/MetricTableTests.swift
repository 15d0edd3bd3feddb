import Foundation
import Metrics
import ReconcileModel
import Telemetry
import TestSupport
import Testing

struct MetricTableTests {
    @Test(arguments: Metric.all)
    func `names follow the conventions`(metric: Metric) {
        #expect(metric.name.wholeMatch(of: /(reconcile|process)(_[a-z]+)+/) != nil)
        #expect(metric.help.hasSuffix(".") && !metric.help.contains("\n"))
        #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"))
        if case .histogram(let buckets) = metric.kind {
            #expect(metric.name.hasSuffix("_seconds"))
            #expect(!buckets.isEmpty && buckets == Array(Set(buckets)).sorted())
        }
    }

    @Test func `no name is given twice`() {
        #expect(Set(Metric.all.map(\.name)).count == Metric.all.count)
    }

    /// A registry in which every metric of the table has a value.
    private func filled() -> MetricsRegistry {
        let registry = MetricsRegistry()
        registry.describeProcess(version: "1.2.3") {
            ProcessUsage(residentBytes: 4_096, openFiles: 12, startTime: 1_700_000_000.25)
        }
        for metric in Metric.all where metric.name.hasPrefix("reconcile") && metric != .buildInfo {
            let labels = [("organization", "a\"c\\m\n")]
            switch metric.kind {
            case .counter: Counter(label: metric.name, dimensions: labels, factory: registry).increment()
            case .gauge: Meter(label: metric.name, dimensions: labels, factory: registry).set(2)
            case .histogram: Timer(label: metric.name, dimensions: labels, factory: registry).recordMilliseconds(3)
            }
        }
        return registry
    }

    @Test func `the exposition has every metric of the table, each once, and is the same twice`() {
        let registry = filled()
        let text = registry.exposition()
        let types = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        #expect(types.sorted() == Metric.all.map { Substring($0.name) }.sorted())
        #expect(text == registry.exposition())
        #expect(text.contains("process_start_time_seconds 1700000000.25\n"))
        #expect(text.contains("reconcile_build_info{version=\"1.2.3\"} 1\n"))
    }

    private static let promtool = ["/usr/bin/promtool", ProcessInfo.processInfo.environment["PROMTOOL"] ?? ""]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(.enabled(if: promtool != nil, "promtool is in the Debian package prometheus"))
    func `promtool finds nothing`() throws {
        let tool = Process()
        tool.executableURL = URL(filePath: try #require(Self.promtool))
        tool.arguments = ["check", "metrics"]
        let (input, output) = (Pipe(), Pipe())
        (tool.standardInput, tool.standardOutput, tool.standardError) = (input, output, output)
        try tool.run()
        try input.fileHandleForWriting.write(contentsOf: Data(filled().exposition().utf8))
        try input.fileHandleForWriting.close()
        let found = try output.fileHandleForReading.readToEnd() ?? Data()
        tool.waitUntilExit()
        #expect(String(decoding: found, as: UTF8.self) == "")
        #expect(tool.terminationStatus == 0)
    }
}
