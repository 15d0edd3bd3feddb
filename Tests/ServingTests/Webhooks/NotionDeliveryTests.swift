import Foundation
import ReconcileModel
import Serving
import TestSupport
import Testing

struct NotionDeliveryTests {
    private static let page = PageID.number(1)
    private static let database = DatabaseID.sample
    private static let source = DataSourceID(rawValue: "11112222-3333-4444-8555-666677778888")
    private static let table = NotionTable(database: database, dataSource: source)

    private static let parent = #"{"id":"\#(database)","type":"database","data_source_id":"\#(source)"}"#

    private static func body(_ type: String, entity: String = page.rawValue, parent: String = parent) -> Data {
        Data(
            """
            {"id":"367cba44-b6f3-4c92-81e7-6a2e9659efd4","timestamp":"2026-11-20T18:22:31.114Z","workspace_id":"w",
             "authors":[{"id":"a","type":"person"}],"attempt_number":3,"api_version":"2025-09-03",
             "type":"\(type)","entity":{"id":"\(entity)","type":"page"},"data":{"parent":\(parent),
             "updated_properties":["%5BWk%3F","title"]}}
            """.utf8
        )
    }

    @Test func `the id, the attempt and the type are read`() throws {
        let delivery = try #require(NotionDelivery(Self.body("page.created")))
        #expect(delivery.id == "367cba44-b6f3-4c92-81e7-6a2e9659efd4")
        #expect((delivery.attempt, delivery.type) == (3, "page.created"))
    }

    @Test(arguments: ["created", "deleted", "undeleted", "properties_updated", "content_updated", "moved"])
    func `what happens to a page concerns its table`(event: String) {
        let subject = NotionDelivery.Subject.page(Self.page, in: Self.table, isMoved: event == "moved")
        #expect(NotionDelivery(Self.body("page.\(event)"))?.subject == subject)
    }

    @Test(arguments: ["created", "deleted", "undeleted", "moved", "content_updated", "schema_updated"])
    func `what happens to a table concerns it`(event: String) {
        let isSchema = event == "schema_updated"
        let source = NotionDelivery(Self.body("data_source.\(event)", entity: Self.source.rawValue))
        #expect(source?.subject == .table(Self.table, isSchema: isSchema))
        let parent = #"{"id":"x","type":"page"}"#
        let database = NotionDelivery(Self.body("database.\(event)", entity: Self.database.rawValue, parent: parent))
        #expect(database?.subject == .table(NotionTable(database: Self.database), isSchema: isSchema))
    }

    @Test(arguments: [
        "page.locked", "page.unlocked", "page.transcription_block.transcript_deleted", "comment.created",
        "view.updated",
        "file_upload.completed", "page.invented", "", "x",
    ])
    func `other types, also unknown ones, concern no events`(type: String) throws {
        let delivery = try #require(NotionDelivery(Self.body(type)))
        #expect(delivery.subject == nil)
    }

    @Test(arguments: [
        (#"{"id":"\#(database)","type":"database"}"#, NotionTable(database: database)),
        (#"{"id":"\#(source)","type":"data_source"}"#, NotionTable(dataSource: source)),
        (#"{"id":"x","type":"space"}"#, nil), (#"{"id":"\#(page)","type":"page"}"#, nil), ("null", nil), ("7", nil),
        (#"{"type":"database"}"#, NotionTable()), (#"{"id":"\#(database)","type":7}"#, nil),
        (#"{"id":"\#(database.compact)","type":"database"}"#, NotionTable(database: database)),
    ])
    func `a page may be in something else than a table`(parent: String, table: NotionTable?) {
        let subject = NotionDelivery(Self.body("page.created", parent: parent))?.subject
        #expect(subject == .page(Self.page, in: table, isMoved: false))
    }

    @Test(arguments: [
        (#"{"type":"page.created"}"#, nil as String?, 1),
        (#"{"type":"page.created","id":7,"attempt_number":"x"}"#, nil, 1),
        (#"{"type":"page.created","id":"","entity":[],"data":"x"}"#, nil, 1),
        (#"{"type":"page.created","id":"\#(String(repeating: "a", count: 129))"}"#, nil, 1),
        (#"{"type":"page.created","id":"a","entity":{"id":"no id"}}"#, "a", 1),
    ])
    func `a member of an unexpected kind counts as absent`(body: String, id: String?, attempt: Int) throws {
        let delivery = try #require(NotionDelivery(Data(body.utf8)))
        #expect((delivery.id, delivery.attempt) == (id, attempt))
        #expect(delivery.subject == nil)
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "7", "{\"type\":7}", "{\"type\"", "\u{0}", "{\"verification_token\":\"x\"}",
    ])
    func `what has no type is no delivery`(body: String) {
        #expect(NotionDelivery(Data(body.utf8)) == nil)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `bytes changed at random are read or refused, and crash nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let original = Self.body("page.created")
        var read = 0
        for _ in 0..<200 {
            var body = original
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                body[Int.random(in: 0..<body.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if NotionDelivery(body) != nil { read += 1 }
        }
        #expect(read < 200, "seed \(seed)")
        let deep = Data((String(repeating: "[", count: 100_000)).utf8)
        #expect(NotionDelivery(deep) == nil)
    }
}
