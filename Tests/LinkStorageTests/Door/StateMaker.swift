import LinkStorage
import ReconcileModel
import TestSupport
import Testing

/// An implementation of the state, for the tests that each of them has to pass.
struct StateMaker: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Makes a state in which nothing is remembered, which lives as long as what comes beside it.
    let make: @Sendable (TestClock) throws -> (door: any StateDoor, life: any Sendable)

    static let all = [
        StateMaker(testDescription: "SQLite") { clock in
            let folder = try TemporaryFolder()
            return (SQLiteState(path: folder.file("state.db")) { clock.now }, folder)
        }
    ]

    func bench() throws -> StateBench { try StateBench(self) }
}

/// A state of a test's own, with a clock.
struct StateBench {
    let door: any StateDoor
    let clock = TestClock()
    private let life: any Sendable

    init(_ maker: StateMaker) throws { (door, life) = try maker.make(clock) }

    /// Nobody else has the lock.
    func open(as holder: LockHolder = .ada) async throws -> any StateSession {
        try await door.open(as: holder, timeout: .zero, clock: StepClock { _ in }) { _ in }
    }

    /// A session in which the organization and its calendar are known, and a run in it.
    func prepared() async throws -> (any StateSession, RunID) {
        let session = try await open()
        return (session, try await session.prepare())
    }

    func organization(_ prefix: String = "acm") async throws -> OrganizationRecord? {
        try await door.snapshot().organizations[prefix]
    }

    /// All that the state holds.
    func contents() async throws -> StateContents {
        try #require(try await door.contents(.everything))
    }

    func serial() async throws -> Int? { try await door.contents(.organizations)?.serial }
}
