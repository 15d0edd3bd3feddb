package import Foundation

/// Makes files of compiled zone rules.
package struct CompiledZone: Sendable {
    /// `nil` (0): 32-bit times and no rule for the future.
    package var version: Character?
    /// In seconds east of UTC; the first one holds before the first transition.
    package var offsets: [Int]
    /// From an instant in seconds since 1970 on, the offset of this index.
    package var transitions: [(instant: Int, type: Int)]
    /// In the notation of the variable `TZ`.
    package var footer: String
    /// As `zic -b fat` does it, 32-bit times stand before those of 64 bits; those of `-b slim` are empty.
    package var isFat: Bool
    package var leapSeconds: Int

    package init(
        version: Character? = "2",
        offsets: [Int],
        transitions: [(instant: Int, type: Int)] = [],
        footer: String = "",
        isFat: Bool = false,
        leapSeconds: Int = 0
    ) {
        (self.version, self.offsets, self.transitions) = (version, offsets, transitions)
        (self.footer, self.isFat, self.leapSeconds) = (footer, isFat, leapSeconds)
    }

    /// A zone that is this far east of UTC for ever.
    package static func fixed(_ offset: Int, footer: String) -> CompiledZone {
        CompiledZone(offsets: [offset], footer: footer)
    }

    package var bytes: [UInt8] {
        guard version != nil else { return block(timeSize: 4) }
        let first = isFat ? self : CompiledZone(version: version, offsets: [0])
        return first.block(timeSize: 4) + block(timeSize: 8) + "\n\(footer)\n".utf8
    }

    package var data: Data { Data(bytes) }

    private func block(timeSize: Int) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version?.asciiValue ?? 0] + Array(repeating: 0, count: 15)
        for count in [0, 0, leapSeconds, transitions.count, offsets.count, 4] { bytes += Self.big(count, 4) }
        for transition in transitions { bytes += Self.big(transition.instant, timeSize) }
        bytes += transitions.map { UInt8($0.type) }
        for offset in offsets { bytes += Self.big(offset, 4) + [0, 0] }
        bytes += "ABC\0".utf8
        for number in 0..<leapSeconds { bytes += Self.big(78_796_800 + number, timeSize) + Self.big(number + 1, 4) }
        return bytes
    }

    private static func big(_ number: Int, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}

extension TemporaryFolder {
    /// Writes a folder of zone rules, of which the first line of `tzdata.zi` tells the release.
    ///
    /// - Returns: its path.
    @discardableResult
    package func writeZones(
        _ zones: [String: CompiledZone],
        release: String = "2099z",
        aliases: [String: String] = [:],
        in name: String = "zoneinfo"
    ) throws -> String {
        var index = "# version \(release)\n# This zic input file is in the public domain.\n"
        try FileManager.default.createDirectory(atPath: self.file(name), withIntermediateDirectories: true)
        for (zone, file) in zones {
            let url = URL(filePath: self.file("\(name)/\(zone)"))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try file.data.write(to: url)
            index += "Z \(zone) -7 - MST\n"
        }
        for (alias, target) in aliases { index += "L \(target) \(alias)\n" }
        try write(Data(index.utf8), to: "\(name)/tzdata.zi")
        return self.file(name)
    }
}
