import Synchronization
import Transport

/// How often one client may write, or try to: a token guessed is a token tried often.
final class WriteLimiter: Sendable {
    private struct Allowance {
        var left: Double
        var at: Duration
    }

    private let perMinute: Double
    private let now: @Sendable () -> Duration
    private let clients = Mutex<[String: Allowance]>([:])

    /// - Parameter perMinute: also how many may come at once; 0: no limit.
    init(perMinute: Int, time: ElapsedTime) {
        (self.perMinute, now) = (Double(perMinute), time.now)
    }

    /// - Parameter client: its address.
    /// - Throws: 429 with the seconds until the next request may pass.
    func pass(_ client: String) throws(APIError) {
        guard perMinute > 0 else { return }
        let time = now()
        let wait = clients.withLock { take(from: &$0, client, at: time) }
        if let wait { throw .tooManyWrites(retryAfter: max(1, Int(wait.rounded(.up)))) }
    }

    /// - Returns: how many seconds to wait; nil: it may pass.
    private func take(from clients: inout [String: Allowance], _ client: String, at now: Duration) -> Double? {
        if clients.count >= Self.clientLimit { clients = clients.filter { left($0.value, at: now) < perMinute } }
        if clients.count >= Self.clientLimit { clients = [:] }
        let rest = clients[client].map { left($0, at: now) } ?? perMinute
        guard rest >= 1 else { return (1 - rest) * 60 / perMinute }
        clients[client] = Allowance(left: rest - 1, at: now)
        return nil
    }

    private func left(_ allowance: Allowance, at now: Duration) -> Double {
        min(perMinute, allowance.left + (now - allowance.at) / .seconds(60) * perMinute)
    }

    /// Addresses that are remembered; beyond it those that are full again are forgotten, and in need all.
    private static let clientLimit = 10_000
}
