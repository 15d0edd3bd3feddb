import Foundation
import Synchronization

/// The time zones of this system: its folder of zone rules, which is updated without this program; the data that came with
/// Foundation only for what is not there.
///
/// A file is read when its zone is first asked for and again once it was replaced, so that an update counts from the next
/// conversion on.
package final class ZoneDatabase: Sendable {
    /// Where systems keep their rules.
    package static let usualFolders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]

    /// That of the current task: of the process, unless a command was given another environment.
    @TaskLocal package static var current = ZoneDatabase(environment: ProcessInfo.processInfo.environment)

    private let folders: [String]
    private let cache = Mutex(Cache())

    private struct Cache {
        var zones: [String: (stamp: FileStamp, zone: Zone)] = [:]
        var index: (stamp: FileStamp, index: ZoneIndex)?
    }

    /// - Parameter folders: the first of them that exists is used.
    package init(folders: [String]) { self.folders = folders }

    /// The folder that the variable TZDIR names, else the usual one.
    package convenience init(environment: [String: String]) {
        let own = environment["TZDIR"].flatMap { $0.isEmpty ? nil : $0 }
        self.init(folders: [own].compactMap(\.self) + Self.usualFolders)
    }

    /// Nil for a name that means no zone here. Never looks outside the folder, whatever the name.
    package func zone(_ name: String) -> Zone? {
        guard ZoneName.isSafe(name) else { return nil }
        return folder.flatMap { file(name, in: $0) ?? alias(name, in: $0) } ?? Zone(builtIn: name)
    }

    /// The name that the system's data has for what a name means: `America/Phoenix` for `US/Arizona`. Any other stays as it is.
    package func canonicalName(of name: String) -> String {
        guard ZoneName.isSafe(name), let folder else { return name }
        let target = index(of: folder)?.targets[name] ?? linkTarget(name, in: folder) ?? name
        return target == "Etc/UTC" ? "UTC" : target
    }

    /// Names to suggest from.
    package var names: [String] {
        let own = folder.flatMap { index(of: $0)?.names } ?? []
        return own.isEmpty ? ["UTC"] + TimeZone.knownTimeZoneIdentifiers : own
    }

    /// Which rules are in use.
    package var release: ZoneRelease {
        guard let folder else { return .builtIn(TimeZone.timeZoneDataVersion) }
        if let version = index(of: folder)?.version ?? Self.version(in: folder) { return .system(version, folder) }
        // A folder of which nothing is known may be empty, as in small containers.
        let hasZones = ["UTC", "Etc/UTC", "Europe/London"].contains { file($0, in: folder) != nil }
        return hasZones ? .system(nil, folder) : .builtIn(TimeZone.timeZoneDataVersion)
    }

    private var folder: String? { folders.first { FileStamp($0)?.isFolder ?? false } }

    private func file(_ name: String, in folder: String) -> Zone? {
        let path = "\(folder)/\(name)"
        guard let stamp = FileStamp(path), stamp.isFile else { return nil }
        if let known = cache.withLock({ $0.zones[path] }), known.stamp == stamp { return known.zone }
        guard let bytes = ZoneFile.read(path), let rules = ZoneRules(tzif: bytes) else { return nil }
        let zone = Zone(identifier: name, rules: rules)
        cache.withLock { $0.zones[path] = (stamp, zone) }
        return zone
    }

    /// Some systems leave out the files of old names, but say in the index what they mean.
    private func alias(_ name: String, in folder: String) -> Zone? {
        guard let target = index(of: folder)?.targets[name], ZoneName.isSafe(target) else { return nil }
        return file(target, in: folder)?.named(name)
    }

    /// Where there is no index, links among the files say the same.
    private func linkTarget(_ name: String, in folder: String) -> String? {
        guard index(of: folder) == nil else { return nil }
        let root = URL(filePath: folder).resolvingSymlinksInPath().path() + "/"
        let path = URL(filePath: "\(folder)/\(name)").resolvingSymlinksInPath().path()
        guard path.hasPrefix(root) else { return nil }
        let target = String(path.dropFirst(root.count))
        return ZoneName.isSafe(target) ? target : nil
    }

    private func index(of folder: String) -> ZoneIndex? {
        let path = "\(folder)/tzdata.zi"
        guard let stamp = FileStamp(path), stamp.isFile else { return nil }
        if let known = cache.withLock({ $0.index }), known.stamp == stamp { return known.index }
        guard let bytes = ZoneFile.read(path) else { return nil }
        let index = ZoneIndex(String(decoding: bytes, as: UTF8.self))
        cache.withLock { $0.index = (stamp, index) }
        return index
    }

    /// Other systems have the release in a file of its own.
    private static func version(in folder: String) -> String? {
        for name in ["+VERSION", "version"] {
            guard let bytes = ZoneFile.read("\(folder)/\(name)") else { continue }
            let word = String(decoding: bytes.prefix(64), as: UTF8.self).split(whereSeparator: \.isWhitespace).first
            if let word, ZoneIndex.isRelease(word) { return String(word) }
        }
        return nil
    }
}

/// Which zone rules a program goes by.
package enum ZoneRelease: Hashable, Sendable {
    /// Those in a folder; nil where it does not say of which release they are.
    case system(String?, String)
    /// Those that came with the program.
    case builtIn(String)

    /// `2026b`, or `unknown`.
    package var version: String {
        switch self {
        case .system(let version, _): version ?? "unknown"
        case .builtIn(let version): version.isEmpty ? "unknown" : version
        }
    }

    /// `system` or `built-in`.
    package var source: String { if case .system = self { "system" } else { "built-in" } }
}

extension ZoneRelease: CustomStringConvertible {
    /// `2026b of /usr/share/zoneinfo`
    package var description: String {
        switch self {
        case .system(_, let folder): "\(version) of \(folder)"
        case .builtIn: "\(version), built in; the system has none"
        }
    }
}
