import Synchronization

/// How much memory may be held by what has begun to arrive and is not whole: heads and bodies of requests, of all clients
/// together.
///
/// Where it does not suffice the oldest makes room: whoever means it has sent all of it within moments.
final class UnfinishedBudget: Sendable {
    /// One request's part of it.
    struct Share: Equatable, Sendable {
        fileprivate let number: Int
    }

    private struct Holder {
        var bytes = 0
        var giveUp: @Sendable () -> Void
    }

    private struct State {
        var holders: [Int: Holder] = [:]
        var total = 0
        var next = 0
        /// None is older.
        var oldest = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: in bytes.
    init(limit: Int = 16 << 20) { self.limit = limit }

    /// What is held at the moment, in bytes.
    var held: Int { state.withLock(\.total) }

    /// - Parameter giveUp: called once, where it has to make room; from any thread.
    func open(giveUp: @escaping @Sendable () -> Void) -> Share {
        state.withLock { state in
            defer { state.next += 1 }
            state.holders[state.next] = Holder(giveUp: giveUp)
            return Share(number: state.next)
        }
    }

    /// Notes how much a share holds by now. One that had to make room is none any more.
    func hold(_ bytes: Int, in share: Share) {
        let given = state.withLock { state in
            guard let held = state.holders[share.number]?.bytes else { return [@Sendable () -> Void]() }
            state.holders[share.number]?.bytes = bytes
            state.total += bytes - held
            return makeRoom(in: &state)
        }
        for giveUp in given { giveUp() }
    }

    func close(_ share: Share) {
        state.withLock { state in
            guard let holder = state.holders.removeValue(forKey: share.number) else { return }
            state.total -= holder.bytes
        }
    }

    private func makeRoom(in state: inout State) -> [@Sendable () -> Void] {
        var given: [@Sendable () -> Void] = []
        while state.total > limit, state.oldest < state.next {
            if let holder = state.holders.removeValue(forKey: state.oldest) {
                state.total -= holder.bytes
                given.append(holder.giveUp)
            }
            state.oldest += 1
        }
        return given
    }
}
