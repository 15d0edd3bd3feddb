import Synchronization
import Testing

@testable import Serving

struct UnfinishedBudgetTests {
    /// Whose share had to make room.
    private final class GivenUp: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock(\.self) }
        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    private let budget = UnfinishedBudget(limit: 100)
    private let given = GivenUp()

    private func open(_ name: String) -> UnfinishedBudget.Share { budget.open { [given] in given.add(name) } }

    @Test func `the oldest makes room`() {
        let (first, second, third) = (open("first"), open("second"), open("third"))
        budget.hold(40, in: first)
        budget.hold(40, in: second)
        #expect(given.all.isEmpty)
        budget.hold(40, in: third)
        #expect(given.all == ["first"] && budget.held == 80)
        // It is none any more, whatever still comes of it.
        budget.hold(90, in: first)
        budget.close(first)
        #expect(given.all == ["first"] && budget.held == 80)
    }

    @Test func `what is closed is free again`() {
        for number in 0..<10 {
            let share = open("\(number)")
            budget.hold(50, in: share)
            budget.hold(90, in: share)
            budget.close(share)
        }
        #expect(given.all.isEmpty && budget.held == 0)
    }

    @Test func `one alone does not get more than there is`() {
        let share = open("greedy")
        budget.hold(101, in: share)
        #expect(given.all == ["greedy"] && budget.held == 0)
    }

    @Test func `as many make room as are needed, the oldest first`() {
        let shares = (0..<5).map { open("\($0)") }
        budget.close(shares[1])
        for share in shares { budget.hold(20, in: share) }
        budget.hold(70, in: shares[4])
        #expect(given.all == ["0", "2"])
        #expect(budget.held == 90)
    }
}
