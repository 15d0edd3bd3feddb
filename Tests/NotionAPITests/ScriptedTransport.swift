import Foundation
import HTTPTypes
import JSON
import NotionAPI
import ReconcileModel
import Synchronization
import Transport

/// Answers requests by a function, in process, and remembers them.
final class ScriptedTransport: HTTPTransport {
    private let requests = Mutex<[OutgoingRequest]>([])
    private let answer: @Sendable (OutgoingRequest) throws(TransportError) -> IncomingResponse

    init(_ answer: @escaping @Sendable (OutgoingRequest) throws(TransportError) -> IncomingResponse) {
        self.answer = answer
    }

    /// Gives the answers one after the other; the last one again and again.
    convenience init(answers: [IncomingResponse]) {
        let next = Mutex(0)
        self.init { _ in
            let index = next.withLock { index in
                defer { index += 1 }
                return index
            }
            return answers[min(index, answers.count - 1)]
        }
    }

    func send(_ request: OutgoingRequest) async throws(TransportError) -> IncomingResponse {
        requests.withLock { $0.append(request) }
        return try answer(request)
    }

    var sent: [OutgoingRequest] { requests.withLock { $0 } }
    var paths: [String] { sent.map { $0.head.path ?? "" } }
}

extension IncomingResponse {
    static func json(_ text: String, status: Int = 200) -> IncomingResponse {
        IncomingResponse(head: HTTPResponse(status: .init(code: status)), body: Data(text.utf8))
    }

    static func fixture(_ name: String, status: Int = 200) throws -> IncomingResponse {
        IncomingResponse(head: HTTPResponse(status: .init(code: status)), body: try fixtureData(name))
    }

    /// An answer to a query.
    static func list(
        _ rows: [String],
        next: String? = nil,
        hasMore: Bool? = nil,
        incomplete: String? = nil
    ) -> IncomingResponse {
        let cursor = next.map { "\"\($0)\"" } ?? "null"
        let status =
            incomplete.map { #"{"type":"incomplete","incomplete_reason":"\#($0)"}"# } ?? #"{"type":"complete"}"#
        return .json(
            #"{"object":"list","results":[\#(rows.joined(separator: ","))],"next_cursor":\#(cursor),"#
                + #""has_more":\#(hasMore ?? (next != nil)),"request_status":\#(status)}"#
        )
    }

    static let notFound = json(
        #"{"object":"error","status":404,"code":"object_not_found","message":"Could not find."}"#,
        status: 404
    )
    static let staleCursor = json(
        #"{"object":"error","status":400,"code":"validation_error","message":"The start_cursor provided is invalid: x"}"#,
        status: 400
    )
}

extension OutgoingRequest {
    /// The body as JSON.
    var json: JSON? { body.flatMap { try? JSONDecoder().decode(JSON.self, from: $0) } }

    /// A member of the body.
    subscript(_ name: String) -> JSON? {
        guard case .object(let members)? = json else { return nil }
        return members[name]
    }
}

func fixtureData(_ name: String) throws -> Data {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return try Data(contentsOf: folder.appending(path: "\(name).json"))
}

/// A row number as a page id.
func pageID(_ number: Int) -> PageID {
    let digits = String(number, radix: 16)
    return PageID(rawValue: "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
}

/// A page with nothing but a title, created in the given minute of a day.
func row(_ number: Int, minute: Int = 0) -> String {
    let created = "2026-09-01T\(twoDigits(minute / 60)):\(twoDigits(minute % 60)):00.000Z"
    return #"{"object":"page","id":"\#(pageID(number))","created_time":"\#(created)","properties":{}}"#
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension NotionClient {
    init(_ transport: ScriptedTransport, base: String = "https://api.notion.com") {
        self.init(
            baseURL: URL(string: base) ?? URL(filePath: "/"),
            token: Secret("ntn_very_secret"),
            transport: transport
        )
    }

    /// The ids of a listing in the order of arrival.
    func listedIDs(filter: JSON? = nil) async throws(NotionError) -> ([PageID], ListingCompleteness) {
        var ids: [PageID] = []
        let completeness = try await pages(of: source, properties: [], filter: filter) { ids.append($0.id) }
        return (ids, completeness)
    }
}

let source = DataSourceID(rawValue: "5146e588-a80f-5baf-93b9-85875f2278f6")
let database = DatabaseID(rawValue: "6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e")
