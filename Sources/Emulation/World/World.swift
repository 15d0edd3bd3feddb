/// All that the emulated services hold: accounts, calendars, databases, pages.
///
/// A value: tests make one, change it and compare it; the emulator keeps it in a JSON file between runs.
package struct World: Codable, Sendable {
    package var google: GoogleWorld
    package var notion: NotionWorld
    /// Grows with every change, so that what was derived from the world can be recognized as out of date.
    package var serial = 0
    var identifiers: IdentifierSource

    init(google: GoogleWorld, notion: NotionWorld, seed: UInt64) {
        (self.google, self.notion) = (google, notion)
        identifiers = IdentifierSource(seed: seed)
    }

    /// One service account with an empty calendar of its own, one Notion integration, nothing else.
    ///
    /// - Throws: `SigningError` where no key can be made.
    package static func empty(seed: UInt64 = 1) throws -> World {
        var world = World(google: GoogleWorld(), notion: NotionWorld(), seed: seed)
        try world.addServiceAccount(World.serviceAccount)
        world.notion.integrations[World.notionToken] = NotionIntegration(
            name: "reconcile",
            bot: world.identifiers.uuid()
        )
        return world
    }

    /// The service account that `EmulatorAddress.environment` hands out.
    package static let serviceAccount = "reconcile@example-project.iam.gserviceaccount.com"
    /// The Notion token that `EmulatorAddress.environment` hands out.
    package static let notionToken = "ntn_EMULATOR-not-a-real-token"
}

/// Makes identifiers that differ from each other and repeat with the seed (SplitMix64).
struct IdentifierSource: Codable, Sendable, RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Hexadecimal digits, lower case.
    mutating func hex(digits: Int) -> String {
        var text = ""
        while text.utf8.count < digits {
            let part = String(next(), radix: 16)
            text += String(repeating: "0", count: 16 - part.utf8.count) + part
        }
        return String(text.prefix(digits))
    }

    /// A version 4 UUID as Notion writes one: lower case, with dashes.
    mutating func uuid() -> String {
        var digits = Array(hex(digits: 32))
        digits[12] = "4"
        digits[16] = "8"
        return dashed(String(digits)) ?? String(digits)
    }
}

/// The canonical form of a Notion id that is written with or without dashes; nil for anything else.
func dashed(_ text: String) -> String? {
    let digits = Array(text.lowercased().filter { $0 != "-" })
    guard digits.count == 32, digits.allSatisfy(\.isHexDigit) else { return nil }
    let ranges = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return ranges.map { String(digits[$0]) }.joined(separator: "-")
}
