import Foundation
import Metrics
import ReconcileModel
import Synchronization

/// What the process uses, as Linux tells it under `/proc`: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
package struct ProcessUsage: Sendable, Equatable {
    package var residentBytes: Int?
    package var openFiles: Int?
    /// In seconds since 1970.
    package var startTime: Double?

    package init(residentBytes: Int? = nil, openFiles: Int? = nil, startTime: Double? = nil) {
        (self.residentBytes, self.openFiles, self.startTime) = (residentBytes, openFiles, startTime)
    }

    /// As it is now; nil for what cannot be read.
    package static func current(folder: String = "/proc") -> ProcessUsage {
        func text(_ name: String) -> String? { try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }
        let files = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/self/fd").count
        return ProcessUsage(
            residentBytes: text("self/statm").flatMap {
                residentBytes(statm: $0, pageSize: sysconf(Int32(_SC_PAGESIZE)))
            },
            // The folder itself is open while it is read.
            openFiles: files.map { $0 - 1 },
            startTime: startTime(stat: text("self/stat"), system: text("stat"), ticks: sysconf(Int32(_SC_CLK_TCK)))
        )
    }

    static func residentBytes(statm: String, pageSize: Int) -> Int? {
        let fields = statm.split(separator: " ")
        guard fields.count > 1 else { return nil }
        return Int(fields[1]).map { $0 * pageSize }
    }

    /// - Parameter ticks: per second.
    static func startTime(stat: String?, system: String?, ticks: Int) -> Double? {
        guard let stat, let system, ticks > 0,
            // The second field is the program's name, in which anything may be.
            let fields = stat.split(separator: ")").last?.split(whereSeparator: \.isWhitespace), fields.count > 19,
            let started = Double(fields[19]),
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") })?.dropFirst(6),
            let bootTime = Double(boot)
        else { return nil }
        return bootTime + started / Double(ticks)
    }
}

extension MetricsRegistry {
    /// Shows which rules of time zones are in use at the moment: those of the system can be replaced while the program runs.
    package func describeZoneRules(_ current: @escaping @Sendable () -> (release: String, source: String)) {
        let shown = Mutex<[(String, String)]?>(nil)
        beforeExposition { [unowned self] in
            let rules = current()
            let dimensions = [("release", rules.release), ("source", rules.source)]
            let former = shown.withLock { shown in
                defer { shown = dimensions }
                return shown
            }
            if let former, !former.elementsEqual(dimensions, by: ==) {
                Meter(label: Metric.zoneRules.name, dimensions: former, factory: self).destroy()
            }
            Meter(label: Metric.zoneRules.name, dimensions: dimensions, factory: self).set(1)
        }
    }

    /// Shows what the process uses, and which version it is.
    package func describeProcess(
        version: String,
        usage: @escaping @Sendable () -> ProcessUsage = { ProcessUsage.current() }
    ) {
        Meter(label: Metric.buildInfo.name, dimensions: [("version", version)], factory: self).set(1)
        beforeExposition { [unowned self] in
            let usage = usage()
            if let bytes = usage.residentBytes { Meter(label: Metric.residentMemory.name, factory: self).set(bytes) }
            if let files = usage.openFiles { Meter(label: Metric.openFiles.name, factory: self).set(files) }
            if let start = usage.startTime { Meter(label: Metric.startTime.name, factory: self).set(start) }
        }
    }
}
