import Foundation
import ReconcileModel
import Synchronization
import Transport

@testable import CalendarAPI

/// Answers batches, and single requests, by a function of the call's place and the request's number.
///
/// The parts come back in reverse order.
final class BatchServer: Sendable {
    enum Reply: Sendable {
        /// The event that the call names; for a delete, nothing.
        case ok
        case recorded(Int, String)
        case missing
    }

    typealias Script = @Sendable (_ index: Int, _ round: Int) -> Reply

    let transport: ScriptedTransport

    init(_ script: @escaping Script) {
        transport = ScriptedTransport { request, round in
            .success(Self.answer(to: request, round: round, script))
        }
    }

    /// How many calls each request held.
    var sizes: [Int] { transport.requests.map { max($0.batchedCalls, 1) } }

    static func answer(to request: OutgoingRequest, round: Int, _ script: Script) -> IncomingResponse {
        guard request.batchedCalls > 0 else {
            let (status, body) = answer(to: "\(request.path)\n\(request.bodyText)", script(0, round))
            return .json(status, body)
        }
        let calls = request.bodyText.components(separatedBy: "Content-ID: ").dropFirst()
        let parts = calls.enumerated().reversed().compactMap { index, call -> String? in
            let reply = script(index, round)
            if case .missing = reply { return nil }
            let (status, body) = answer(to: call, reply)
            let type = "Content-Type: application/http"
            let id = "Content-ID: <response-reconcile-\(index + 1)>"
            return
                "--b\r\n\(type)\r\n\(id)\r\n\r\nHTTP/1.1 \(status) X\r\nContent-Type: application/json\r\n\r\n\(body)\r\n"
        }
        return .response(200, "\(parts.joined())--b--\r\n", type: "multipart/mixed; boundary=b")
    }

    private static func answer(to call: String, _ reply: Reply) -> (Int, String) {
        switch reply {
        case .recorded(let status, let fixture):
            return (status, (try? String(decoding: Fixture.data(fixture), as: UTF8.self)) ?? "")
        case .missing: return (500, "")
        case .ok:
            if call.contains("DELETE /") { return (204, "") }
            let id = call.firstMatch(of: /event1[0-9]{3}/).map { String($0.output) } ?? ""
            return (200, "{\"kind\":\"calendar#event\",\"id\":\"\(id)\",\"etag\":\"\\\"1\\\"\"}")
        }
    }
}
