import ReconcileModel
import Reconciling
import Serving
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebhookQueueTests {
    private static let source = DataSourceID(rawValue: "11112222-3333-4444-8555-666677778888")

    private let clock = SteppedClock()
    private let checks = Checks()

    /// Which mappings were checked, in their order.
    private final class Checks: Sendable {
        private let stream: (stream: AsyncStream<String>, continuation: AsyncStream<String>.Continuation)
        init() { stream = AsyncStream.makeStream() }
        func next() async -> String? { await stream.stream.first { _ in true } }
        func add(_ prefix: String) { stream.continuation.yield(prefix) }
    }

    private static func database(_ number: Int) -> DatabaseID { DatabaseID(rawValue: PageID.number(number).rawValue) }

    /// `acm` declares database 1, `film` database 2; `robotics` declares database 3, and is not active.
    private static var declared: [Organization] {
        ["acm", "film", "robotics"].enumerated().map { index, prefix in
            var organization = Organization.sample(prefix)
            organization.notion = NotionReference(id: database(index + 1))
            organization.isActive = prefix != "robotics"
            return organization
        }
    }

    private func queue(
        _ runs: ScriptedRuns,
        _ declarations: Declarations = Declarations(declared),
        tables: [NotionTable: Set<String>] = [:],
        pages: [PageID: String] = [:]
    ) -> WebhookQueue {
        let checks = checks
        return WebhookQueue(
            declarations: declarations,
            directory: WebhookQueue.Directory(
                organizationsOfTable: { tables[$0] ?? [] },
                organizationsOfPages: { asked in Set(asked.compactMap { pages[$0] }) }
            ),
            clock: clock,
            run: runs.run,
            checkMapping: { checks.add($0) }
        )
    }

    private func page(
        _ number: Int,
        in database: Int?,
        id: String? = nil,
        isMoved: Bool = false,
        attempt: Int = 1
    ) -> NotionDelivery {
        let table = database.map { NotionTable(database: Self.database($0)) }
        let subject = NotionDelivery.Subject.page(.number(number), in: table, isMoved: isMoved)
        return NotionDelivery(id: id, type: "page.created", attempt: attempt, subject: subject)
    }

    private func table(_ table: NotionTable, isSchema: Bool = false) -> NotionDelivery {
        NotionDelivery(id: nil, type: "data_source", subject: .table(table, isSchema: isSchema))
    }

    @Test func `deliveries that come together lead to one run, of those concerned`() async throws {
        let runs = ScriptedRuns()
        let queue = queue(runs)
        try await withServices(queue) {
            #expect(queue.add(page(10, in: 1)) == .queued)
            await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
            #expect(queue.add(page(11, in: 1)) == .queued)
            #expect(queue.queueLength == 1)
            clock.advance(by: .seconds(1))
            // The first deadline woke it; it went back to sleep for the second.
            await clock.waitForSleepers()
            #expect(runs.all.isEmpty && clock.remainingSleeps == [.seconds(1)])
            clock.advance(by: .seconds(1))
            #expect(await runs.next() == ScriptedRuns.Run(prefixes: ["acm"], trigger: .webhook))
            #expect(queue.queueLength == 0)
        }
        #expect(runs.all.count == 1)
    }

    @Test func `a delivery starts runs of those only that it may speak of`() async throws {
        let runs = ScriptedRuns()
        let queue = queue(runs, pages: [.number(20): "film", .number(21): "acm"])
        try await withServices(queue) {
            // Of a table that is another's, of a page that nobody knows where it was, and of one of its own.
            #expect(queue.add(page(10, in: 2), of: .these(["acm"])) == .queued)
            #expect(queue.add(page(20, in: nil), of: .these(["acm"])) == .queued)
            #expect(queue.add(page(21, in: nil), of: .these(["acm"])) == .queued)
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["acm"])
            // Who may speak of a page adds up.
            #expect(queue.add(page(20, in: nil), of: .these(["acm"])) == .queued)
            #expect(queue.add(page(20, in: nil, id: "b"), of: .these(["film"])) == .queued)
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["film"])
        }
    }

    @Test func `what comes during a run leads to one further run`() async throws {
        let runs = ScriptedRuns(areHeld: true)
        let queue = queue(runs)
        try await withServices(queue) {
            _ = queue.add(page(10, in: 1))
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["acm"])
            for number in 0..<100 { _ = queue.add(page(number, in: 1 + number % 2)) }
            #expect(queue.queueLength == 2 && runs.all.count == 1)
            clock.advance(by: .seconds(60))
            runs.end()
            #expect(await runs.next()?.prefixes == ["acm", "film"])
            runs.end()
        }
        #expect(runs.all.count == 2 && runs.finished == 2)
    }

    @Test func `a repeated delivery starts nothing`() async throws {
        let runs = ScriptedRuns()
        let queue = queue(runs)
        try await withServices(queue) {
            #expect(queue.add(page(10, in: 1, id: "a")) == .queued)
            #expect(queue.add(page(10, in: 1, id: "a", attempt: 2)) == .repeated)
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next() != nil)
            #expect(queue.add(page(10, in: 1, id: "a", attempt: 8)) == .repeated)
            #expect(queue.queueLength == 0)
        }
        #expect(runs.all.count == 1)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `order does not matter`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let runs = ScriptedRuns()
        let queue = queue(runs, pages: [.number(13): "film"])
        var deliveries = [page(10, in: 1, id: "a"), page(13, in: nil, id: "b"), page(12, in: 9, id: "c")]
        deliveries.append(contentsOf: deliveries)
        deliveries.shuffle(using: &random)
        try await withServices(queue) {
            for delivery in deliveries { _ = queue.add(delivery) }
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["acm", "film"], "seed \(seed)")
        }
    }

    @Test func `a page is known by its table, by what was read before, or by its links`() async throws {
        let runs = ScriptedRuns()
        let known = NotionTable(database: Self.database(8))
        let queue = queue(runs, tables: [known: ["film"]], pages: [.number(20): "acm", .number(21): "robotics"])
        let cases: [(NotionDelivery, [String])] = [
            (page(1, in: 2), ["film"]), (page(1, in: 8), ["film"]), (page(20, in: 9), ["acm"]),
            (page(20, in: nil), ["acm"]), (page(20, in: 2), ["film"]),
            (page(20, in: 2, isMoved: true), ["acm", "film"]),
            (table(NotionTable(database: Self.database(1))), ["acm"]),
            (table(NotionTable(dataSource: DataSourceID(rawValue: Self.database(2).rawValue))), ["film"]),
        ]
        try await withServices(queue) {
            for (delivery, prefixes) in cases {
                #expect(queue.add(delivery) == .queued)
                await clock.waitForSleepers()
                clock.advance(by: .seconds(2))
                #expect(await runs.next()?.prefixes == prefixes)
            }
        }
    }

    @Test func `what concerns nobody, or only who is not active, starts nothing`() async throws {
        let runs = ScriptedRuns()
        let queue = queue(runs, pages: [.number(21): "robotics", .number(22): "gone"])
        try await withServices(queue) {
            #expect(queue.add(NotionDelivery(id: "x", type: "comment.created", subject: nil)) == .ignored)
            #expect(queue.add(table(NotionTable(database: Self.database(3)))) == .ignored)
            #expect(queue.add(table(NotionTable(), isSchema: true)) == .ignored)
            #expect(queue.queueLength == 0)
            // These must be looked up; nobody is found, and nothing runs.
            for number in [1, 21, 22] { #expect(queue.add(page(number, in: 3)) == .queued) }
            #expect(queue.queueLength == 3)
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(queue.add(page(1, in: 1)) == .queued)
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["acm"])
        }
        #expect(runs.all.count == 1)
    }

    @Test func `who shares a database is told apart by the data source`() async throws {
        var (one, two, three) = (Self.declared[0], Self.declared[0], Self.declared[0])
        (one.dataSource, two.prefix, three.prefix) = (Self.source.rawValue, "two", "three")
        two.dataSource = "99992222-3333-4444-8555-666677778888"
        three.dataSource = "Events"
        let runs = ScriptedRuns()
        let queue = queue(runs, Declarations([one, two, three]))
        try await withServices(queue) {
            _ = queue.add(table(NotionTable(database: Self.database(1), dataSource: Self.source)))
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["acm", "three"])
        }
    }

    @Test func `an organization that vanishes before the run is left out`() async throws {
        let runs = ScriptedRuns()
        let declarations = Declarations(Self.declared)
        let queue = queue(runs, declarations)
        try await withServices(queue) {
            for database in [1, 2] { _ = queue.add(page(database, in: database)) }
            await clock.waitForSleepers()
            declarations.replace(with: [Self.declared[1]])
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["film"])
        }
    }

    @Test func `another schema is checked at once, also during a run`() async throws {
        let runs = ScriptedRuns(areHeld: true)
        let queue = queue(runs)
        try await withServices(queue) {
            #expect(queue.add(table(NotionTable(database: Self.database(2)), isSchema: true)) == .queued)
            #expect(await checks.next() == "film")
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next()?.prefixes == ["film"])
            _ = queue.add(table(NotionTable(database: Self.database(1)), isSchema: true))
            #expect(await checks.next() == "acm")
            #expect(runs.finished == 0)
            runs.end()
        }
    }

    @Test func `ten thousand in a burst take bounded memory and one run`() async throws {
        let runs = ScriptedRuns(areHeld: true)
        let queue = queue(runs)
        var longest = 0
        try await withServices(queue) {
            for number in 0..<10_000 {
                // Half of them are of tables that nobody declares, and each comes twice.
                let delivery = page(number, in: number.isMultiple(of: 2) ? 1 : 9, id: "delivery \(number)")
                #expect(queue.add(delivery) == .queued)
                #expect(queue.add(delivery) == .repeated)
                longest = max(longest, queue.queueLength)
            }
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            // More pages than can be remembered: everybody is looked at.
            #expect(await runs.next()?.prefixes == ["acm", "film"])
            for number in 0..<10_000 { _ = queue.add(page(number, in: 1, id: "late \(number)")) }
            clock.advance(by: .seconds(60))
            runs.end()
            #expect(await runs.next()?.prefixes == ["acm"])
            runs.end()
        }
        #expect(longest == 1001)
        #expect(runs.all.count == 2)
    }

    @Test func `deliveries from many connections at once lose nothing`() async throws {
        let runs = ScriptedRuns()
        let queue = queue(runs)
        try await withServices(queue) {
            let queued = await withTaskGroup { group in
                for task in 0..<8 {
                    let deliveries = (0..<500).map { page($0, in: 1 + task % 2, id: "\($0)") }
                    group.addTask { deliveries.count { queue.add($0) == .queued } }
                }
                return await group.reduce(0, +)
            }
            #expect(queued == 500)
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next() != nil)
        }
        #expect(runs.all.count == 1)
    }

    @Test func `a graceful shutdown waits for the run that is under way, and starts no other`() async throws {
        let runs = ScriptedRuns(areHeld: true)
        let queue = queue(runs)
        try await withServices(queue) {
            _ = queue.add(page(1, in: 1))
            await clock.waitForSleepers()
            clock.advance(by: .seconds(2))
            #expect(await runs.next() != nil)
            Task { runs.end() }
        }
        #expect(runs.finished == 1 && runs.all.count == 1)
    }

    @Test func `it ends while it waits, however it is ended`() async throws {
        try await withServices(queue(ScriptedRuns())) {}
        let waiting = queue(ScriptedRuns())
        let task = Task { try await waiting.run() }
        _ = waiting.add(page(1, in: 1))
        await clock.waitForSleepers()
        task.cancel()
        try await task.value
        #expect(clock.remainingSleeps.isEmpty)
    }
}
