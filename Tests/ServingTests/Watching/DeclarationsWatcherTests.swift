import Foundation
import ReconcileModel
import Reconciling
import Serving
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeclarationsWatcherTests {
    private let folder: TemporaryFolder
    private let clock = SteppedClock()
    private let log = RecordedLog()
    private let changes = Changes()
    private let loads = Changes()
    private let declarations = Declarations([Organization(prefix: "acm", name: "ACM")])

    /// What was told, in its order.
    private final class Changes: Sendable {
        private let texts = Mutex<[String]>([])
        var all: [String] { texts.withLock(\.self) }
        func add(_ text: String) { texts.withLock { $0.append(text) } }
    }

    init() throws {
        folder = try TemporaryFolder()
        try write("ACM", to: "acm")
    }

    /// A declaration as this test reads it: the name of the file is the prefix, its text the name of the organization.
    private func write(_ name: String, to prefix: String) throws {
        try folder.write(Data(name.utf8), to: "\(prefix).yaml")
    }

    private var watcher: DeclarationsWatcher {
        let (path, changes, loads) = (folder.path, changes, loads)
        return DeclarationsWatcher(
            folder: path,
            declarations: declarations,
            clock: clock,
            logger: log.logger,
            load: {
                loads.add("load")
                return Self.load(path)
            },
            onChange: { changes.add("\($0)") }
        )
    }

    private static func load(_ path: String) -> Result<DeclaredOrganizations, DeclarationProblems> {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return .failure(DeclarationProblems(["There is no folder."]))
        }
        var declared = DeclaredOrganizations()
        for name in names.sorted() {
            let data = (try? Data(contentsOf: URL(filePath: "\(path)/\(name)"))) ?? Data()
            let text = String(decoding: data, as: UTF8.self)
            let organization = Organization(prefix: String(name.dropLast(5)), name: text)
            guard text.isEmpty || text.contains("!") else {
                declared.sound.append(organization)
                continue
            }
            let place = SourceLocation(file: name, line: 1, column: 1)
            let mistake = Diagnostic(location: place, message: "half of a name: \(text)")
            declared.broken.append(BrokenDeclaration(organization, hidesPrefix: false, mistakes: [mistake]))
        }
        return .success(declared)
    }

    private func look() async {
        clock.advance(by: .seconds(5))
        await clock.waitForSleepers()
    }

    @Test func `what changes is taken over, and told`() async throws {
        try await withServices(watcher) {
            await clock.waitForSleepers()
            #expect(clock.remainingSleeps == [.seconds(5)])
            #expect(log.lines.isEmpty && changes.all.isEmpty)
            try write("Film", to: "film")
            await look()
            #expect(declarations["film"]?.name == "Film")
            try write("Film club", to: "film")
            try write("Robots", to: "robotics")
            try FileManager.default.removeItem(atPath: folder.file("acm.yaml"))
            await look()
            #expect(declarations.organizations.map(\.name) == ["Film club", "Robots"])
        }
        #expect(changes.all == ["added film", "added robotics; removed acm; changed film"])
        #expect(
            log.lines == changes.all.map { "notice: The declarations in \(folder.path) were taken over: \($0)." }
        )
    }

    @Test func `what nobody touches is not read again`() async throws {
        try await withServices(watcher) {
            await clock.waitForSleepers()
            await look()
            let before = loads.all.count
            for _ in 0..<5 { await look() }
            #expect(loads.all.count == before)
        }
        #expect(log.lines.isEmpty && changes.all.isEmpty)
    }

    @Test func `a mistake leaves the last good ones in force, and is logged once until it is another`() async throws {
        try await withServices(watcher) {
            await clock.waitForSleepers()
            try write("ACM!", to: "acm")
            for _ in 0..<3 { await look() }
            #expect(declarations["acm"]?.name == "ACM")
            #expect(declarations.problems == ["acm.yaml:1:1: half of a name: ACM!"])
            #expect(log.lines.count == 1)
            #expect(log.lines.first?.hasPrefix("error: ") == true)
            #expect(log.lines.first?.contains("mended: acm.yaml:1:1: half of a name: ACM!") == true)
            try write("ACM!!", to: "acm")
            await look()
            #expect(log.lines.count == 2)
            try write("ACM", to: "acm")
            await look()
            #expect(declarations.problems.isEmpty)
            #expect(log.lines.last?.contains("are right again, and the same as before") == true)
        }
        #expect(changes.all.isEmpty)
    }

    @Test func `the mistake of one file leaves the others free to change`() async throws {
        try await withServices(watcher) {
            await clock.waitForSleepers()
            try write("ACM!", to: "acm")
            try write("Film", to: "film")
            await look()
            #expect(declarations["acm"]?.name == "ACM" && declarations["film"]?.name == "Film")
            #expect(declarations.problems == ["acm.yaml:1:1: half of a name: ACM!"])
            #expect(declarations.declared.broken.isEmpty)
        }
        #expect(changes.all == ["added film"])
    }

    @Test func `a file that is saved half at one look is whole at the next`() async throws {
        try await withServices(watcher) {
            await clock.waitForSleepers()
            try write("", to: "film")
            await look()
            #expect(declarations["film"] == nil && declarations.problems.count == 1)
            try write("Film", to: "film")
            await look()
            #expect(declarations["film"]?.name == "Film" && declarations.problems.isEmpty)
        }
        #expect(changes.all == ["added film"])
    }

    @Test func `a folder that vanishes takes nothing with it`() async throws {
        try await withServices(watcher) {
            await clock.waitForSleepers()
            try FileManager.default.moveItem(atPath: folder.path, toPath: folder.path + "-gone")
            await look()
            #expect(declarations["acm"] != nil && declarations.problems == ["There is no folder."])
            try FileManager.default.moveItem(atPath: folder.path + "-gone", toPath: folder.path)
            await look()
            #expect(declarations.problems.isEmpty)
        }
        #expect(log.lines.count == 2)
    }

    @Test func `what changed between the start and the first look is not missed`() async throws {
        try write("Film", to: "film")
        try await withServices(watcher) {
            await clock.waitForSleepers()
            #expect(declarations["film"] != nil)
        }
    }

    @Test func `of many mistakes the log names some`() async throws {
        for number in 10..<40 { try write("!", to: "org\(number)") }
        try await withServices(watcher) { await clock.waitForSleepers() }
        #expect(declarations.problems.count == 30)
        #expect(log.lines.first?.hasSuffix("org19.yaml:1:1: half of a name: ! | and 20 more") == true)
    }

    @Test func `cancellation ends it`() async throws {
        let watcher = watcher
        let task = Task { try await watcher.run() }
        await clock.waitForSleepers()
        task.cancel()
        try await task.value
    }

    @Test func `a declaration that only moved within its file is no change`() {
        var moved = Organization(prefix: "acm", name: "ACM")
        moved.source = SourceLocation(file: "orgs.d/acm.yaml", line: 7, column: 1)
        #expect(DeclarationsChange(from: declarations.organizations, to: [moved]).isEmpty)
        moved.timeZone = "Europe/Berlin"
        #expect(DeclarationsChange(from: declarations.organizations, to: [moved]).changed == ["acm"])
    }
}
