package import Foundation
import Synchronization

/// A server on a port of loopback that the system picks; what it sends is up to the test, byte by byte.
///
/// It serves until `stop` or the end of the tests: a test's last mention of it may come before its last request.
package final class LoopbackServer: Sendable {
    package struct SocketError: Error {
        package var call: String
    }

    package let port: UInt16
    private let listener: Int32
    private let accepted = Mutex(0)

    /// How many connections were made.
    package var connectionCount: Int { accepted.withLock(\.self) }

    /// - Parameter serve: called on a thread of its own for each connection, which is closed when it returns.
    package init(_ serve: @escaping @Sendable (ServerConnection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw SocketError(call: "socket") }
        self.listener = listener
        port = try Self.listen(listener)
        Thread.detachNewThread { [self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { break }
                accepted.withLock { $0 += 1 }
                Thread.detachNewThread {
                    let connection = ServerConnection(descriptor)
                    serve(connection)
                    connection.close()
                }
            }
            close(listener)
        }
    }

    /// Refuses connections from now on.
    package func stop() { _ = shutdown(listener, Int32(SHUT_RDWR)) }

    private static func listen(_ listener: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (bound, named) = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                (bind(listener, pointer, length), getsockname(listener, pointer, &length))
            }
        }
        guard bound == 0, named == 0, Glibc.listen(listener, 128) == 0 else { throw SocketError(call: "bind") }
        return UInt16(bigEndian: address.sin_port)
    }
}

/// The server's end of one connection.
package final class ServerConnection {
    private let descriptor: Int32
    private var received = Data()
    private var isOpen = true

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next request, head and body; nil once the client has closed the connection.
    package func request() -> String? {
        while true {
            if let end = received.range(of: Data("\r\n\r\n".utf8))?.upperBound {
                let head = String(decoding: received[..<end], as: UTF8.self)
                let length = head.lowercased().firstMatch(of: #/content-length: (\d+)/#).flatMap { Int($0.1) } ?? 0
                if received.distance(from: end, to: received.endIndex) >= length {
                    defer { received = Data(received[(end + length)...]) }
                    return String(decoding: received[..<(end + length)], as: UTF8.self)
                }
            }
            guard read() else { return nil }
        }
    }

    /// Returns when the client has closed the connection.
    package func waitForClose() { while read() {} }

    package func send(_ text: String) { send(Data(text.utf8)) }

    package func send(_ bytes: Data) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = Data(rest.dropFirst(count))
        }
    }

    /// Answers a request in full; the connection stays open.
    package func answer(_ status: String = "200 OK", fields: [String] = [], body: Data = Data("{}".utf8)) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + fields
        send(Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    /// Closes so that the client sees "connection reset".
    package func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    package func close() {
        if isOpen { _ = Glibc.close(descriptor) }
        isOpen = false
    }

    private func read() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received.append(contentsOf: buffer[..<count])
        return true
    }
}
