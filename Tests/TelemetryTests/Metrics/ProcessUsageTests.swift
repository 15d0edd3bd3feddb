import Foundation
import Synchronization
import Telemetry
import TestSupport
import Testing

struct ProcessUsageTests {
    @Test func `a process knows what it uses`() throws {
        let usage = ProcessUsage.current()
        #expect(try #require(usage.residentBytes) > 1 << 20)
        #expect(try #require(usage.openFiles) >= 3)
        let start = try #require(usage.startTime)
        #expect(start > 1_600_000_000)
    }

    @Test func `a program's name may be anything`() throws {
        let folder = try TemporaryFolder()
        let process = "\(folder.path)/self"
        try FileManager.default.createDirectory(atPath: "\(process)/fd", withIntermediateDirectories: true)
        let fields = (4...21).map(String.init).joined(separator: " ")
        try "7 (a (b) 1) S \(fields) 500 9\n".write(toFile: "\(process)/stat", atomically: false, encoding: .utf8)
        try "cpu 1 2\nbtime 1700000000\n".write(toFile: "\(folder.path)/stat", atomically: false, encoding: .utf8)
        try "nonsense".write(toFile: "\(process)/statm", atomically: false, encoding: .utf8)
        let usage = ProcessUsage.current(folder: folder.path)
        #expect(usage.startTime == 1_700_000_000 + 500 / Double(sysconf(Int32(_SC_CLK_TCK))))
        #expect(usage.residentBytes == nil)
    }

    @Test func `the rules of time zones in use are shown, and only those`() {
        let registry = MetricsRegistry()
        let release = Mutex("2025b")
        registry.describeZoneRules { (release.withLock(\.self), "system") }
        #expect(registry.exposition().contains("reconcile_zone_rules_info{release=\"2025b\",source=\"system\"} 1\n"))
        release.withLock { $0 = "2026a" }
        let text = registry.exposition()
        #expect(text.contains("reconcile_zone_rules_info{release=\"2026a\",source=\"system\"} 1\n"))
        #expect(!text.contains("2025b"))
    }

    @Test func `where there is no such folder nothing is claimed`() {
        #expect(ProcessUsage.current(folder: "/nowhere").residentBytes == nil)
        #expect(ProcessUsage.current(folder: "/nowhere").openFiles == nil)
        #expect(ProcessUsage.current(folder: "/nowhere").startTime == nil)
    }
}
