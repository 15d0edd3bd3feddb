import CCurl
import Foundation
import Synchronization

/// The thread that drives transfers, and the inbox through which others talk to it.
///
/// Only the thread touches libcurl's handles, with one exception that libcurl allows: anyone may wake the thread.
final class CurlEventLoop: Sendable {
    enum Command: Sendable {
        case start(TransferOrder)
        case cancel(TransferTicket)
    }

    private struct Inbox {
        var commands: [Command] = []
        var isClosed = false
    }

    private let multi: MultiHandle
    private let inbox = Mutex(Inbox())

    private init(_ multi: MultiHandle) { self.multi = multi }

    /// A loop whose thread runs; nil where libcurl cannot be started.
    static func started(connectionsPerHost: Int) -> CurlEventLoop? {
        guard let multi = MultiHandle(connectionsPerHost: connectionsPerHost) else { return nil }
        let loop = CurlEventLoop(multi)
        let thread = Thread { loop.run() }
        thread.name = "curl"
        thread.start()
        return loop
    }

    /// - Returns: whether the command will be carried out; false once the loop is closed.
    func post(_ command: Command) -> Bool {
        let accepted = inbox.withLock { inbox in
            guard !inbox.isClosed else { return false }
            inbox.commands.append(command)
            return true
        }
        if accepted { multi.wakeUp() }
        return accepted
    }

    /// Lets the thread end; commands posted before are still answered.
    func close() {
        inbox.withLock { $0.isClosed = true }
        multi.wakeUp()
    }

    private func run() {
        Self.blockSignals()
        var transfers = TransferSet(multi)
        var failure: CURLMcode?
        while failure == nil {
            guard let code = CurlLibrary.use({ advance(&transfers) }) else { return }
            failure = Self.failure(code) ?? Self.failure(multi.wait())
        }
        if let failure { end(&transfers, because: failure) }
    }

    /// Does what the inbox says and what can be done without waiting; nil once the loop is closed.
    private func advance(_ transfers: inout TransferSet) -> CURLMcode? {
        let (commands, isClosed) = inbox.withLock { inbox in
            defer { inbox.commands = [] }
            return (inbox.commands, inbox.isClosed)
        }
        for command in commands {
            switch command {
            case .start(let order): transfers.start(order)
            case .cancel(let ticket): transfers.cancel(ticket)
            }
        }
        guard !isClosed else {
            transfers.endAll { _ in .failure(.cancelled) }
            return nil
        }
        return transfers.perform()
    }

    /// A multi handle that fails once is of no more use, and going on with it would be a busy loop.
    private func end(_ transfers: inout TransferSet, because code: CURLMcode) {
        let reason = String(cString: curl_multi_strerror(code))
        let left = inbox.withLock { inbox in
            inbox.isClosed = true
            defer { inbox.commands = [] }
            return inbox.commands
        }
        for case .start(let order) in left {
            order.continuation.resume(
                returning: .failure(.refused(location: order.request.location, reason: reason))
            )
        }
        transfers.endAll { .failure(.interrupted(location: $0.order.request.location, reason: reason)) }
    }

    private static func failure(_ code: CURLMcode) -> CURLMcode? { code == CURLM_OK ? nil : code }

    /// Leaves signals to the other threads, and lets a write to a closed connection fail instead of ending the process.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
