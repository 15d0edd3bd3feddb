import Foundation
import HTTPTypes
import ReconcileModel
import Synchronization
import Testing
import Transport

/// Answers each request by a function, in process, and keeps what was sent.
final class ScriptedTransport: HTTPTransport {
    typealias Script = @Sendable (OutgoingRequest, _ number: Int) async -> Result<IncomingResponse, TransportError>

    private let script: Script
    private let log = Mutex<[OutgoingRequest]>([])

    init(_ script: @escaping Script) { self.script = script }

    /// Answers with the given responses in turn, the last one for ever.
    convenience init(_ responses: IncomingResponse...) {
        self.init { _, number in
            .success(responses.isEmpty ? .json(500, "") : responses[min(number, responses.count - 1)])
        }
    }

    var requests: [OutgoingRequest] { log.withLock { $0 } }

    func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count - 1
        }
        return try await script(request, number).get()
    }
}

extension IncomingResponse {
    static func json(_ status: Int, _ body: String) -> IncomingResponse {
        response(status, body, type: "application/json; charset=UTF-8")
    }

    static func response(_ status: Int, _ body: String, type: String?) -> IncomingResponse {
        var head = HTTPResponse(status: .init(code: status))
        head.headerFields[.contentType] = type
        return IncomingResponse(head: head, body: Data(body.utf8))
    }

    static func fixture(_ status: Int, _ name: String) throws -> IncomingResponse {
        .json(status, String(decoding: try Fixture.data(name), as: UTF8.self))
    }

    /// The calendar that was made, as one of this id.
    static func calendar(_ id: CalendarID) throws -> IncomingResponse {
        let made = "c_2d247c895767e9e6ebd6ce0cc2ac4ae93d2d73a9051f88f686a58f8bdd278066@group.calendar.google.com"
        let text = String(decoding: try Fixture.data("calendar-inserted.json"), as: UTF8.self)
        return .json(200, text.replacing(made, with: id.rawValue))
    }
}

extension OutgoingRequest {
    var bodyText: String { body.map { String(decoding: $0, as: UTF8.self) } ?? "" }
    var path: String { head.path ?? "" }

    /// A parameter of the query, decoded.
    func query(_ name: String) -> String? {
        URLComponents(string: "https://example.org\(path)")?.queryItems?.first { $0.name == name }?.value
    }
}

/// Recorded answers, byte for byte.
enum Fixture {
    static func data(_ name: String) throws -> Data {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try Data(contentsOf: folder.appending(path: "Fixtures").appending(path: name))
    }

    /// Header and body of a recorded message.
    static func message(_ name: String) throws -> (head: String, body: Data) {
        let data = try data(name)
        let separator = try #require(data.range(of: Data("\r\n\r\n".utf8)))
        return (String(decoding: data[..<separator.lowerBound], as: UTF8.self), Data(data[separator.upperBound...]))
    }
}
