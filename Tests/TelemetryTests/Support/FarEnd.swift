import Foundation
import HTTPTypes
import Synchronization
import Transport

/// A far end that keeps what is sent, and gives the answers of a list, one after the other, and the last one for ever.
final class FarEnd: HTTPTransport {
    typealias Answer = Result<IncomingResponse, TransportError>

    private let answers: [Answer]
    private let requests = Mutex<[OutgoingRequest]>([])
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    /// Whether requests wait for their cancellation instead of getting an answer.
    private let hangs: Bool

    init(_ answers: [Answer] = [.success(.status(200))], hangs: Bool = false) {
        (self.answers, self.hangs) = (answers, hangs)
    }

    var sent: [OutgoingRequest] { requests.withLock(\.self) }

    func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse {
        let number = requests.withLock { requests in
            requests.append(request)
            return requests.count
        }
        arrival.yield()
        if hangs || Task.isCancelled {
            let (never, _) = AsyncStream<Void>.makeStream()
            for await _ in never {}
            throw .cancelled
        }
        guard let answer = number <= answers.count ? answers[number - 1] : answers.last else { throw .cancelled }
        return try answer.get()
    }

    /// Returns when so many requests have come; for one caller.
    func received(_ count: Int) async {
        var iterator = arrivals.makeAsyncIterator()
        for _ in 0..<count { _ = await iterator.next() }
    }
}

extension IncomingResponse {
    static func status(
        _ code: Int,
        _ fields: [String: String] = [:],
        body: String = "{}"
    ) -> IncomingResponse {
        var head = HTTPResponse(status: .init(code: code))
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { head.headerFields[name] = value }
        }
        return IncomingResponse(head: head, body: Data(body.utf8))
    }
}

extension OutgoingRequest {
    static func post(_ path: String = "/v1/pages", host: String = "api.example.com") -> OutgoingRequest {
        var head = HTTPRequest(method: .post, scheme: "https", authority: host, path: path)
        head.headerFields[.authorization] = "Bearer very-secret-token"
        return OutgoingRequest(head: head, body: Data("private text".utf8))
    }
}
