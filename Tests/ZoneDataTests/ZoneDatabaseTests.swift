import Foundation
import TestSupport
import Testing

@testable import ZoneData

@Suite struct ZoneDatabaseTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func database() -> ZoneDatabase {
        ZoneDatabase(environment: ["TZDIR": folder.file("zoneinfo")])
    }

    @Test func `the folder that TZDIR names goes before what is built in`() throws {
        try folder.writeZones(["America/Vancouver": .fixed(-25_200, footer: "PDT7")])
        let zone = try #require(database().zone("America/Vancouver"))
        #expect(zone.identifier == "America/Vancouver")
        // January: 08:00 west of UTC until 2026.
        #expect(zone.offset(at: 1_800_000_000) == -25_200)
        #expect(database().release == .system("2099z", folder.file("zoneinfo")))
        #expect(database().release.description == "2099z of \(folder.file("zoneinfo"))")
    }

    @Test func `a zone that the folder has not is the built-in one`() throws {
        try folder.writeZones([:])
        #expect(database().zone("America/Phoenix")?.offset(at: 1_800_000_000) == -25_200)
        #expect(database().zone("Mars/Olympus") == nil)
    }

    @Test func `an old name without a file means what the index says`() throws {
        try folder.writeZones(
            ["America/Vancouver": .fixed(-25_200, footer: "PDT7")],
            aliases: ["Canada/Pacific": "America/Vancouver", "Evil/Zone": "../../etc/passwd", "Odd/Zone": "Odd/Zone"]
        )
        let zone = try #require(database().zone("Canada/Pacific"))
        #expect(zone.identifier == "Canada/Pacific")
        #expect(zone.offset(at: 1_800_000_000) == -25_200)
        #expect(database().zone("Evil/Zone") == nil)
        #expect(database().zone("Odd/Zone") == nil)
        #expect(database().names.contains("Canada/Pacific"))
    }

    @Test func `an old name is known by the one that the data has`() throws {
        try folder.writeZones(
            ["America/Phoenix": .fixed(-25_200, footer: "MST7"), "Etc/UTC": .fixed(0, footer: "UTC0")],
            aliases: ["US/Arizona": "America/Phoenix", "UTC": "Etc/UTC"]
        )
        #expect(database().canonicalName(of: "US/Arizona") == "America/Phoenix")
        #expect(database().canonicalName(of: "America/Phoenix") == "America/Phoenix")
        #expect(database().canonicalName(of: "Etc/UTC") == "UTC" && database().canonicalName(of: "UTC") == "UTC")
        #expect(database().canonicalName(of: "Mars/Olympus") == "Mars/Olympus")
        #expect(database().canonicalName(of: "../zone") == "../zone")
    }

    @Test func `without an index links among the files tell`() throws {
        try folder.writeZones(["America/Phoenix": .fixed(-25_200, footer: "MST7")])
        let files = FileManager.default
        try files.removeItem(atPath: folder.file("zoneinfo/tzdata.zi"))
        try files.createDirectory(atPath: folder.file("zoneinfo/US"), withIntermediateDirectories: true)
        try files.createSymbolicLink(
            atPath: folder.file("zoneinfo/US/Arizona"),
            withDestinationPath: "../America/Phoenix"
        )
        try files.createSymbolicLink(atPath: folder.file("zoneinfo/US/Odd"), withDestinationPath: "/etc/passwd")
        #expect(database().canonicalName(of: "US/Arizona") == "America/Phoenix")
        #expect(database().canonicalName(of: "US/Odd") == "US/Odd")
    }

    @Test func `a file that was replaced counts at once`() throws {
        try folder.writeZones(["America/Vancouver": .fixed(-28_800, footer: "PST8")], release: "2026a")
        let zones = database()
        #expect(zones.zone("America/Vancouver")?.offset(at: 0) == -28_800)
        #expect(zones.release.version == "2026a")
        try folder.writeZones(
            ["America/Vancouver": .fixed(-25_200, footer: "<-07>7")],
            release: "2026bb"
        )
        #expect(zones.zone("America/Vancouver")?.offset(at: 0) == -25_200)
        #expect(zones.release.version == "2026bb")
    }

    @Test(arguments: [
        "../zone", "../../etc/passwd", "America/../zone", "/zone", "//zone", "America//zone", "America/", "", ".", "..",
        "./America/Phoenix", "America/./Phoenix", "posix/America/Phoenix", "right/America/Phoenix", "posixrules",
        "localtime",
        "Factory", "tzdata.zi", "America/Phoenix\0", "America/Phoenix\n", "America\\Phoenix", "%2e%2e/zone", "+VERSION",
        "A/B/C/D", "zone/Ünïcode",
    ])
    func `a name never leads out of the folder or to what is no zone`(name: String) throws {
        let zone = CompiledZone.fixed(0, footer: "UTC0")
        try folder.write(zone.data, to: "zone")
        try folder.writeZones([
            "America/Phoenix": .fixed(-25_200, footer: "MST7"), "posix/America/Phoenix": zone,
            "right/America/Phoenix": zone, "posixrules": zone, "localtime": zone, "Factory": zone, "A/B/C/D": zone,
        ])
        #expect(database().zone(name) == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a pipe, a folder and a damaged file are no zones`() throws {
        let path = try folder.writeZones([
            "America/Phoenix": .fixed(-3_600, footer: "nonsense"), "Folder/File": .fixed(0, footer: "UTC0"),
        ])
        try #require(mkfifo("\(path)/Pipe", 0o600) == 0)
        #expect(database().zone("Pipe") == nil)
        #expect(database().zone("Folder") == nil)
        // The damaged one is known without its file.
        #expect(database().zone("America/Phoenix")?.offset(at: 0) == -25_200)
    }

    @Test func `without a folder the data that is built in is used, and said so`() throws {
        let zones = ZoneDatabase(folders: [folder.file("nowhere")])
        #expect(zones.zone("America/Phoenix")?.offset(at: 0) == -25_200)
        #expect(zones.release == .builtIn(TimeZone.timeZoneDataVersion))
        #expect(zones.release.source == "built-in")
        #expect(zones.names.contains("UTC"))
        try FileManager.default.createDirectory(atPath: folder.file("empty"), withIntermediateDirectories: true)
        #expect(ZoneDatabase(folders: [folder.file("empty")]).release == .builtIn(TimeZone.timeZoneDataVersion))
    }

    @Test(arguments: [
        ("+VERSION", "2026b\n", "2026b"), ("version", "2026c", "2026c"), ("+VERSION", "rm -rf\n", "unknown"),
    ])
    func `other systems tell the release in a file of its own`(name: String, content: String, expected: String) throws {
        try folder.writeZones(["UTC": .fixed(0, footer: "UTC0")])
        try FileManager.default.removeItem(atPath: folder.file("zoneinfo/tzdata.zi"))
        try folder.write(Data(content.utf8), to: "zoneinfo/\(name)")
        #expect(database().release.version == expected)
        #expect(database().release.source == "system")
    }

    @Test func `every name of this system's index is a zone`() throws {
        let zones = ZoneDatabase(folders: ZoneDatabase.usualFolders)
        for name in zones.names where name != "Factory" { #expect(zones.zone(name) != nil, "\(name)") }
    }
}
