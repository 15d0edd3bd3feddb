import Foundation
import TestSupport
import Testing

@testable import ZoneData

@Suite struct ZoneRulesTests {
    private static let file = CompiledZone(
        offsets: [-30_000, -28_800, -25_200],
        transitions: [(-2_000_000_000, 1), (1_000, 2), (2_000, 1), (3_000, 2)],
        footer: "PST8PDT,M3.2.0,M11.1.0"
    )

    @Test(arguments: [nil, "2", "3", "4", "5"] as [Character?], [false, true])
    func `every version of the format is read`(version: Character?, isFat: Bool) throws {
        var file = Self.file
        (file.version, file.isFat) = (version, isFat)
        let rules = try #require(ZoneRules(tzif: file.bytes))
        #expect(rules.offset(at: -2_000_000_001) == -30_000)
        #expect(rules.offset(at: -2_000_000_000) == -28_800)
        #expect(rules.offset(at: 999) == -28_800)
        #expect(rules.offset(at: 1_000) == -25_200)
        #expect(rules.offset(at: 2_500) == -28_800)
        // July and January 2027.
        #expect(rules.offset(at: 1_814_400_000) == -25_200)
        #expect(rules.offset(at: 1_800_000_000) == (version == nil ? -25_200 : -28_800))
    }

    @Test func `without transitions the rule for the future holds always, and without it the first type`() throws {
        let rule = try #require(ZoneRules(tzif: CompiledZone.fixed(-25_200, footer: "MST7").bytes))
        #expect(rule.offset(at: 0) == -25_200)
        let none = try #require(ZoneRules(tzif: CompiledZone(offsets: [3_600]).bytes))
        #expect(none.offset(at: 4_000_000_000) == 3_600)
    }

    @Test func `a file that is cut anywhere is refused`() {
        for version in [nil, "2"] as [Character?] {
            var file = Self.file
            file.version = version
            for length in 0..<file.bytes.count {
                #expect(ZoneRules(tzif: Array(file.bytes.prefix(length))) == nil, "\(length)")
            }
        }
    }

    @Test func `a file in which anything is changed never does harm`() {
        let bytes = Self.file.bytes
        for index in bytes.indices {
            for byte in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] = byte
                _ = ZoneRules(tzif: changed)?.offset(at: 1_800_000_000)
            }
        }
    }

    @Test func `what is no sound file is refused`() {
        var leap = Self.file
        leap.leapSeconds = 2
        #expect(ZoneRules(tzif: leap.bytes) == nil)
        var descending = Self.file
        descending.transitions = [(2_000, 1), (1_000, 2)]
        #expect(ZoneRules(tzif: descending.bytes) == nil)
        var unknownType = Self.file
        unknownType.transitions = [(1_000, 3)]
        #expect(ZoneRules(tzif: unknownType.bytes) == nil)
        var farAway = Self.file
        farAway.offsets[2] = 400_000
        #expect(ZoneRules(tzif: farAway.bytes) == nil)
        var nonsense = Self.file
        nonsense.footer = "nonsense"
        #expect(ZoneRules(tzif: nonsense.bytes) == nil)
        #expect(ZoneRules(tzif: []) == nil)
    }

    /// Rules of these years change no more; both sides have them from the same source.
    @Test(arguments: ["America/New_York", "Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia"])
    func `this system's files say what Foundation says of the past`(name: String) throws {
        let folder = try #require(
            ZoneDatabase.usualFolders.first { FileManager.default.fileExists(atPath: "\($0)/\(name)") },
            "the package tzdata is missing"
        )
        let zone = try #require(ZoneDatabase(folders: [folder]).zone(name))
        let foundation = try #require(TimeZone(identifier: name))
        for instant in stride(from: 631_152_000, to: 1_577_836_800, by: 48_611) {
            let expected = foundation.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant)))
            try #require(zone.offset(at: instant) == expected, "\(instant)")
        }
    }
}
