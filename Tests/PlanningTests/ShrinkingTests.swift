import ReconcileModel
import Testing
import TestSupport

/// A property that fails says so with a small case.
struct ShrinkingTests {
    @Test func `what is left is the part that fails`() {
        let numbers = Array(1...100)
        let smallest = Shrinking.smallest(from: numbers) { numbers in
            numbers.indices.map { index in numbers.enumerated().filter { $0.offset != index }.map(\.element) }
        } fails: {
            $0.contains(40) && $0.contains(80)
        }
        #expect(smallest == [40, 80])
    }

    @Test func `a case of which nothing can be left out stays`() {
        #expect(Shrinking.smallest(from: [1], smaller: { _ in [[]] }, fails: { !$0.isEmpty }) == [1])
        #expect(Shrinking.smallest(from: 7, smaller: { _ in [] }, fails: { _ in true }) == 7)
    }

    /// Wrong on purpose: plans do create several events.
    private static let wrong = PlannerProperty { trial, complaints in
        let count = trial.plan.creations.count
        complaints.expect(count < 2, "\(count) events are created")
    }

    @Test func `a wrong property of plans is shown by the seed and two pages`() throws {
        let seed = try #require((1...50).first { Self.wrong.counterexample(seed: $0) != nil })
        #expect(PlannerCase(seed: seed).state.pages.desired.count > 2)
        let found = try #require(Self.wrong.counterexample(seed: seed))
        let state = found.smallest.state
        #expect(state.pages.desired.count == 2)
        #expect(state.events.isEmpty && state.links.isEmpty && state.pages.count == 2)
        #expect(state.recentDeletes == 0 && found.smallest.allowedDeletes == nil)
        #expect(found.message.hasPrefix("seed \(seed): 2 events are created\n"))
        for page in state.pages.keys { #expect(found.message.contains("page \(page): ")) }
        // The same seed fails in the same way again.
        #expect(Self.wrong.counterexample(seed: seed)?.message == found.message)
    }

    @Test func `a wrong property fails its test`() throws {
        let seed = try #require((1...50).first { Self.wrong.counterexample(seed: $0) != nil })
        withKnownIssue { Self.wrong.expect(seed: seed) }
    }
}
