import Foundation
import HTTPTypes
import JSON
import NotionAPI
import ReconcileModel
import Testing
import Transport

/// A data source with many rows behind Notion's limit of 10,000 rows per query.
private struct LargeSource: Sendable {
    let rows: Int
    let rowsPerMinute: Int
    var limit = 10_000

    func answer(_ request: OutgoingRequest) -> IncomingResponse {
        let from = bound(in: request["filter"]).map { $0 * rowsPerMinute } ?? 0
        let offset = if case .string(let cursor)? = request["start_cursor"] { Int(cursor) ?? 0 } else { 0 }
        let end = min(rows, from + limit)
        let page = min(from + offset + 100, end)
        let slice = (from + offset..<max(page, from + offset)).map { row($0, minute: $0 / rowsPerMinute) }
        if page < end { return .list(slice, next: "\(offset + 100)") }
        return .list(slice, incomplete: end < rows ? "query_result_limit_reached" : nil)
    }

    /// The minute from which on pages are asked for.
    private func bound(in filter: JSON?) -> Int? {
        guard case .object(let members)? = filter else { return nil }
        if case .object(let condition)? = members["created_time"], case .string(let time)? = condition["on_or_after"] {
            let parts = time.dropFirst(11).split(separator: ":").compactMap { Int($0) }
            return parts.count >= 2 ? parts[0] * 60 + parts[1] : nil
        }
        guard case .array(let branches)? = members["and"] else { return nil }
        return branches.lazy.compactMap { bound(in: $0) }.first
    }
}

@Suite struct SliceTests {
    @Test func `twenty-five thousand pages are read completely`() async throws {
        let large = LargeSource(rows: 25_000, rowsPerMinute: 30)
        let transport = ScriptedTransport { request in large.answer(request) }
        let (ids, completeness) = try await NotionClient(transport).listedIDs(
            filter: ["property": "Published", "checkbox": ["equals": true]]
        )
        #expect(completeness == .complete)
        #expect(ids == (0..<25_000).map(pageID))
        #expect((251...260).contains(transport.sent.count))
    }

    @Test func `a minute with more pages than a query returns is incomplete`() async throws {
        let large = LargeSource(rows: 700, rowsPerMinute: 350, limit: 300)
        let (ids, completeness) = try await NotionClient(ScriptedTransport { large.answer($0) }).listedIDs()
        #expect(ids.count == 300)
        #expect(completeness == .incomplete(reason: "Notion's row limit was reached by pages created in one minute"))
    }

    private static let bound: JSON = [
        "timestamp": "created_time", "created_time": ["on_or_after": "2026-09-01T00:07:00.000Z"],
    ]
    private static let a: JSON = ["property": "A", "checkbox": ["equals": true]]
    private static let b: JSON = ["property": "B", "checkbox": ["equals": true]]
    private static let c: JSON = ["property": "C", "checkbox": ["equals": true]]

    private static let combinations: [(JSON?, JSON)] = [
        (nil, bound),
        (a, ["and": [a, bound]]),
        (["and": [a, b]], ["and": [a, b, bound]]),
        (["and": [a, ["or": [b, c]]]], ["and": [a, ["or": [b, c]], bound]]),
        (["or": [a, b]], ["and": [["or": [a, b]], bound]]),
        (["or": [a, ["and": [b, c]]]], ["or": [["and": [a, bound]], ["and": [b, c, bound]]]]),
        (["or": [["or": [a, b]], c]], ["or": [["and": [a, bound]], ["and": [b, bound]], ["and": [c, bound]]]]),
    ]

    @Test(arguments: combinations)
    func `the bound of a slice joins the filter within two levels`(filter: JSON?, combined: JSON) async throws {
        let transport = ScriptedTransport(answers: [
            .list([row(1, minute: 7)], incomplete: "query_result_limit_reached"), .list([row(1, minute: 7)]),
        ])
        let (ids, completeness) = try await NotionClient(transport).listedIDs(filter: filter)
        #expect(ids == [pageID(1)])
        #expect(completeness == .complete)
        #expect(transport.sent.map { $0["filter"] } == [filter, combined])
    }

    private static let unsendable: [JSON] = [
        "text",
        ["and": [["or": [["and": [a, b]], c] as JSON]]],
        ["or": [["and": [["or": [a, b]]]]]],
    ]

    @Test(arguments: unsendable)
    func `a filter that Notion cannot take is refused before it is sent`(filter: JSON) async throws {
        let transport = ScriptedTransport(answers: [.list([])])
        await #expect {
            try await NotionClient(transport).listedIDs(filter: filter)
        } throws: { error in
            guard case .invalidFilter? = error as? NotionError else { return false }
            return true
        }
        #expect(transport.sent.isEmpty)
    }
}
