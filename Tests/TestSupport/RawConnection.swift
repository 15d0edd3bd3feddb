import CSpawn
import Foundation

/// A client that sends what a test says, byte by byte, and reads only when it is told to.
package final class RawConnection: Sendable {
    /// What came, and whether the other end closed the connection after it.
    package struct Received: Sendable {
        package var text: String
        package var isClosed: Bool

        /// The status lines of all answers.
        package var statuses: [Int] { text.matches(of: #/HTTP/1\.1 (\d{3})/#).compactMap { Int($0.1) } }
    }

    private let descriptor: Int32

    /// - Parameter address: such as `http://127.0.0.1:8000`.
    package init(to address: String) throws {
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw LoopbackServer.SocketError(call: "address")
        }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw LoopbackServer.SocketError(call: "socket") }
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw LoopbackServer.SocketError(call: "connect") }
        // A server that never closes fails the test instead of holding it for ever.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// - Returns: false where the other end takes no more.
    @discardableResult
    package func send(_ text: String) -> Bool {
        var rest = Data(text.utf8)
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = Data(rest.dropFirst(count))
        }
        return true
    }

    /// Sends it again and again, reading nothing, until the other end takes no more.
    package func sendUntilRefused(_ text: String) async {
        await onThread { [self] in while send(text) {} }
    }

    /// Says that nothing more will be sent.
    package func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// What comes until the other end closes the connection, or until `isEnough`.
    package func receive(until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }) async -> Received {
        await onThread { [self] in
            var received = Data()
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let text = String(decoding: received, as: UTF8.self)
                if isEnough(text) { return Received(text: text, isClosed: false) }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return Received(text: text, isClosed: count == 0 || errno == ECONNRESET) }
                received.append(contentsOf: buffer.prefix(count))
            }
        }
    }

    private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }
}
