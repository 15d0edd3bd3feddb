import CFuzzer
import Foundation
import ReconcileModel

@testable import ConfigLoading

/// The bytes of a declaration: read as an organization's file, and as that of the defaults.
enum DeclarationInput {
    static func check(_ data: Data) {
        let bytes = [UInt8](data)
        let first = MemoryFile.holding(bytes, load)
        require(first == MemoryFile.holding(bytes, load), "a file is read the same way twice")
        switch first {
        case .success(let organization): check(organization)
        case .failure(.invalid(let diagnostics)): check(diagnostics, in: bytes)
        case .failure(.unavailable(let failure)): require(false, "a file is read or refused: \(failure)")
        }
        check(defaultsIn: bytes)
    }

    private static func load(_ path: String) -> Result<Organization, ConfigError> {
        Result { () throws(ConfigError) in try ConfigLoader(isKnownTimeZone: isKnown).load(file: path) }
    }

    /// Few, because looking for the nearest of all the system's zones would take nearly all the time.
    @Sendable private static func isKnown(_ zone: String) -> Bool { zones.contains(zone) }

    private static let zones: Set = ["UTC", "America/Phoenix", "Europe/Berlin", "America/Argentina/Ushuaia"]

    private static func check(_ organization: Organization) {
        require(!organization.prefix.isEmpty && !organization.name.isEmpty, "an organization has a prefix and a name")
        require((1...2_592_000).contains(organization.defaultDuration), "an event takes up to 30 days")
        require((0...100).contains(organization.maxDeletePercent), "a share is 0 to 100 percent")
        require(TimeZone(identifier: organization.timeZone) != nil, "the time zone can be used")
        require(!organization.isSyncEnabled || organization.notion != nil, "what is synced has a database")
    }

    private static func check(defaultsIn bytes: [UInt8]) {
        guard let text = try? SourceText(bytes, file: "_defaults.yaml") else { return }
        let (root, problems) = YAMLComposer.compose(text, file: "_defaults.yaml", limits: .standard)
        check(problems, in: bytes)
        guard let root else { return }
        var reader = DeclarationReader(role: .defaults, isKnownTimeZone: isKnown)
        let defaults = reader.declaration(root)
        check(reader.diagnostics, in: bytes)
        guard let defaults else { return require(!reader.diagnostics.isEmpty, "what is no mapping is refused") }
        require(!defaults.isComplete && defaults.prefix == nil, "defaults name no organization")
    }

    private static func check(_ diagnostics: [Diagnostic], in bytes: [UInt8]) {
        let widths = lineWidths(of: bytes)
        for diagnostic in diagnostics {
            let (line, column) = (diagnostic.location.line, diagnostic.location.column)
            require(widths.indices.contains(line - 1), "the line exists: \(diagnostic)")
            // Behind the last character stands what is missing there.
            require((1...(widths[line - 1] + 1)).contains(column), "the column exists: \(diagnostic)")
            let shown = diagnostic.message + (diagnostic.hint ?? "")
            require(!shown.unicodeScalars.contains { $0.properties.generalCategory == .control }, "one line: \(shown)")
        }
    }

    /// In characters; there is always a line behind the last line end.
    private static func lineWidths(of bytes: [UInt8]) -> [Int] {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var widths = [0]
        var previous: Unicode.Scalar?
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch (previous, scalar) {
            case ("\r", "\n"): break
            case (_, "\n"), (_, "\r"), (_, "\u{85}"), (_, "\u{2028}"), (_, "\u{2029}"): widths.append(0)
            default: widths[widths.count - 1] += 1
            }
            previous = scalar
        }
        return widths
    }
}

/// A regular file that reaches no disk, so that the loader reads it as any other.
private enum MemoryFile {
    private static let descriptor = memfd_create("declaration", 0)

    static func holding<Result>(_ bytes: [UInt8], _ body: (String) -> Result) -> Result {
        require(ftruncate(descriptor, 0) == 0, "the file is emptied")
        require(pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, "the file is written")
        return body("/proc/self/fd/\(descriptor)")
    }
}
