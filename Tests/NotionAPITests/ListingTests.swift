import HTTPTypes
import JSON
import NotionAPI
import ReconcileModel
import Synchronization
import Testing
import Transport

@Suite struct ListingTests {
    @Test func `a query asks for a hundred pages by time of creation with the mapped properties only`() async throws {
        let transport = ScriptedTransport(answers: [.list([row(1)])])
        let ids = ["title", "%5BWk%3F", "ph%25n", "iK%3DN"].map { PropertyID($0) }
        let completeness = try await NotionClient(transport).pages(of: source, properties: ids) { _ in }

        #expect(completeness == .complete)
        let request = try #require(transport.sent.first)
        #expect(
            request.head.path
                == "/v1/data_sources/\(source)/query?filter_properties=title&filter_properties=%5BWk%3F"
                + "&filter_properties=ph%25n&filter_properties=iK%3DN"
        )
        #expect(request.head.method == .post)
        #expect(
            request.json == ["page_size": 100, "sorts": [["timestamp": "created_time", "direction": "ascending"]]]
        )
    }

    @Test func `cursors are followed to the end, short and empty pages too`() async throws {
        let transport = ScriptedTransport(answers: [
            .list([row(1), row(2)], next: "a"), .list([], next: "b"), .list([row(3)], next: "c"), .list([row(4)]),
        ])
        let (ids, completeness) = try await NotionClient(transport).listedIDs()
        #expect(ids == [1, 2, 3, 4].map(pageID))
        #expect(completeness == .complete)
        #expect(transport.sent.map { $0["start_cursor"] } == [nil, "a", "b", "c"])
    }

    @Test func `a page that comes twice is received once`() async throws {
        let transport = ScriptedTransport(answers: [.list([row(1), row(2)], next: "a"), .list([row(2), row(3)])])
        let (ids, completeness) = try await NotionClient(transport).listedIDs()
        #expect(ids == [1, 2, 3].map(pageID))
        #expect(completeness == .complete)
    }

    @Test func `rows that are data sources are no pages`() async throws {
        let wikiRow = #"{"object":"data_source","id":"\#(source)"}"#
        let (ids, completeness) = try await NotionClient(ScriptedTransport(answers: [.list([wikiRow, row(1)])]))
            .listedIDs()
        #expect(ids == [pageID(1)])
        #expect(completeness == .complete)
    }

    @Test(arguments: [
        (IncomingResponse.list([row(1)], hasMore: true), "there is more, but no cursor to get it"),
        (.list([row(1)], next: "a"), "a cursor was given twice"),
        (.list([row(1)], incomplete: "something_new"), "Notion left pages out (something_new)"),
        (
            .list([row(1)], incomplete: "query_result_limit_reached"),
            "Notion's row limit was reached by pages created in one minute"
        ),
        (
            .list([], incomplete: "query_result_limit_reached"),
            "Notion's row limit was reached by pages created in one minute"
        ),
        (
            .list([row(1, minute: 5), row(2, minute: 4)], incomplete: "query_result_limit_reached"),
            "Notion's row limit was reached and pages came unsorted"
        ),
    ])
    func `a listing that breaks off is incomplete`(answer: IncomingResponse, reason: String) async throws {
        let (_, completeness) = try await NotionClient(ScriptedTransport(answers: [answer])).listedIDs()
        #expect(completeness == .incomplete(reason: reason))
    }

    @Test(arguments: [[], [row(1), row(2)]] as [[String]])
    func `an endless row of answers without a new page is given up`(rows: [String]) async throws {
        let count = Mutex(0)
        let transport = ScriptedTransport { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return .list(rows, next: "cursor \(number)")
        }
        let (ids, completeness) = try await NotionClient(transport).listedIDs()
        #expect(ids.count == rows.count)
        #expect(completeness == .incomplete(reason: "answers went on without any new page"))
        #expect((100...101).contains(transport.sent.count))
    }

    @Test func `a slice that begins anew may repeat what was seen`() async throws {
        // 150 answers of one page each, then a refused cursor: the same 150 bring nothing new but to their slice.
        let first = (1...150).map { IncomingResponse.list([row($0)], next: "a\($0)") }
        let again = (1...150).map { IncomingResponse.list([row($0)], next: "b\($0)") }
        let answers: [IncomingResponse] = first + [.staleCursor] + again + [.list([row(151)])]
        let transport = ScriptedTransport(answers: answers)
        let (ids, completeness) = try await NotionClient(transport).listedIDs()
        #expect(ids == (1...151).map(pageID))
        #expect(completeness == .complete)
    }

    @Test func `a server that does not heed the bound of a slice is given up`() async throws {
        let transport = ScriptedTransport(answers: [
            .list([row(1, minute: 5)], incomplete: "query_result_limit_reached"),
            .list([row(2, minute: 4)], incomplete: "query_result_limit_reached"),
        ])
        let (_, completeness) = try await NotionClient(transport).listedIDs()
        #expect(completeness == .incomplete(reason: "Notion's row limit was reached by pages created in one minute"))
        #expect(transport.sent.count == 2)
    }

    @Test func `a status of incomplete counts though more pages follow`() async throws {
        let transport = ScriptedTransport(answers: [.list([row(1)], next: "a", incomplete: "x"), .list([row(2)])])
        #expect(try await NotionClient(transport).listedIDs().1 == .incomplete(reason: "Notion left pages out (x)"))
    }

    @Test(arguments: [
        #"{"object":"list","results":[],"next_cursor":null}"#, #"{"object":"list","has_more":false}"#, "[]", "<html>",
        #"{"object":"list","results":[{"object":"page"}],"has_more":false}"#, #"{"object":"list","results":["#,
        #"{"object":"list","results":[{"object":"page","id":"no uuid"}],"has_more":false}"#, "",
        #"{"object":"list","results":[],"has_more":false,"request_status":"incomplete"}"#,
    ])
    func `an answer of another shape is an error`(body: String) async throws {
        await #expect { _ = try await NotionClient(ScriptedTransport(answers: [.json(body)])).listedIDs() } throws: {
            error in
            guard case .malformedAnswer? = error as? NotionError else { return false }
            return true
        }
    }

    @Test func `a refused cursor restarts the listing and no page comes twice`() async throws {
        let transport = ScriptedTransport(answers: [
            .list([row(1)], next: "a"), .staleCursor, .list([row(1)], next: "b"), .list([row(2)]),
        ])
        let (ids, completeness) = try await NotionClient(transport).listedIDs()
        #expect(ids == [1, 2].map(pageID))
        #expect(completeness == .complete)
    }

    @Test func `refused cursors restart the listing as long as that brings new pages`() async throws {
        let transport = ScriptedTransport(answers: [
            .list([row(1)], next: "a"), .staleCursor, .list([row(1), row(2)], next: "b"), .staleCursor,
            .list([row(1), row(2), row(3)], next: "c"), .staleCursor, .list([row(1), row(2), row(3), row(4)]),
        ])
        let (ids, completeness) = try await NotionClient(transport).listedIDs()
        #expect(ids == [1, 2, 3, 4].map(pageID))
        #expect(completeness == .complete)
    }

    @Test func `a second refused cursor without a new page fails, and so does a refused first query`() async throws {
        let twice = ScriptedTransport(answers: [
            .list([row(1)], next: "a"), .staleCursor, .list([row(1)], next: "a"), .staleCursor,
        ])
        await #expect(throws: NotionError.self) { try await NotionClient(twice).listedIDs() }
        #expect(twice.sent.count == 4)

        let first = ScriptedTransport(answers: [.staleCursor])
        await #expect(throws: NotionError.self) { try await NotionClient(first).listedIDs() }
        #expect(first.sent.count == 1)
    }
}
