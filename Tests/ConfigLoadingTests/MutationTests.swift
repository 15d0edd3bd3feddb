import ConfigLoading
import Foundation
import ReconcileModel
import Testing

/// SplitMix64: a failure names its seed and replays.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Broken documents are refused with a place inside the file; nothing crashes and nothing hangs.
@Suite struct MutationTests {
    private static let documentsPerSeed = 250

    @Test(arguments: 1...16 as ClosedRange<UInt64>)
    func `a mutated declaration is read or refused`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/a.yaml"
        let loader = ConfigLoader(defaultTimeZone: nil)
        for _ in 0..<Self.documentsPerSeed {
            let document = Self.mutated(Self.original, using: &random)
            try folder.write(Data(document), to: "a.yaml")
            do throws(ConfigError) {
                let organization = try loader.load(file: path)
                #expect(!organization.prefix.isEmpty && organization.defaultDuration > 0)
            } catch {
                guard case .invalid(let diagnostics) = error else {
                    Issue.record("seed \(seed): \(error)")
                    continue
                }
                let lines = document.count { $0 == 0x0A || $0 == 0x0D } + 2
                #expect(!diagnostics.isEmpty)
                #expect(diagnostics.allSatisfy { $0.location.file == path && (1...lines).contains($0.location.line) })
                #expect(diagnostics.allSatisfy { $0.location.column >= 1 && !$0.description.contains("\n") })
            }
        }
    }

    private static func mutated(_ original: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let length = min(Int.random(in: 1...20, using: &random), bytes.count - place)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<(place + length))
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 2:
                bytes.insert(contentsOf: bytes[place..<(place + length)], at: Int.random(in: 0...place, using: &random))
            case 3 where length > 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            default: bytes.insert(contentsOf: (fragments.randomElement(using: &random) ?? "").utf8, at: place)
            }
        }
        return bytes
    }

    private static let fragments = [
        ":", ": ", "\n", "\n  ", "\t", "- ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!x ", "!!map ", "<<: ", "|\n",
        ">-\n", "'",
        "\"", "#", " #", "%YAML 1.1\n", "\n---\n", "\n...\n", "~", "null", "true", "9999999999999999999999", "\r",
        "\u{2028}", "🎉",
        "\u{FEFF}", "\\", "\\x41", "\\u{", "@", "`", "prefix: x\n", "calendar: &a [*a]\n", "safety: *a\n",
    ]

    private static let original = Array(
        """
        # The chapter.
        prefix: acm
        name: &name "ACM \\u00e9 🎉"
        active: true
        notion_database_id: https://www.notion.so/2f0c7a31d8e54b6f9a120c3b4d5e6f70?v=11112222333344445555666677778888
        timezone: America/Phoenix
        calendar:
          name: *name
          description: |
            Talks, workshops and socials.

            Everybody is welcome.
        properties: {title: Name, date: 'Date', location: Location}
        default_duration: 1h30m
        safety:
          max_delete_percent: 25

        """.utf8
    )
}
