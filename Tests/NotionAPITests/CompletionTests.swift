import Foundation
import HTTPTypes
import NotionAPI
import ReconcileModel
import Synchronization
import Testing
import Transport

@Suite struct CompletionTests {
    private func page(_ value: PropertyValue) -> NotionPage {
        NotionPage(id: pageID(1), properties: ["P": PageProperty(id: PropertyID("rEl%7B"), value: value)])
    }

    private func list(_ items: [String], next: String? = nil, aggregate: String = "{}") -> IncomingResponse {
        let cursor = next.map { "\"\($0)\"" } ?? "null"
        return .json(
            #"{"object":"list","results":[\#(items.joined(separator: ","))],"next_cursor":\#(cursor),"has_more":\#(next != nil),"property_item":\#(aggregate)}"#
        )
    }

    private static let pages = (0..<25).map(pageID)
    private static let users = (0..<25).map { NotionUser(id: "\($0)") }

    @Test(arguments: [
        (PropertyValue.relation(pages, hasMore: true), true), (.relation(pages, hasMore: false), false),
        (.relation(pages, hasMore: nil), true), (.relation(Array(pages.dropLast()), hasMore: nil), false),
        (.people(users), true), (.people(Array(users.dropLast())), false),
        (.title(RichText(text: "t", mentions: 25)), true), (.richText(RichText(text: "t", mentions: 24)), false),
        (.rollup(.incomplete), true), (.rollup(.array(Array(repeating: .number(1), count: 25))), true),
        (.rollup(.number(3)), false), (.number(1), false),
    ])
    func `what Notion may have cut is asked for, and nothing else`(value: PropertyValue, isCut: Bool) async {
        for (id, isAsked) in [("rEl{", isCut), ("title", false)] {
            let transport = ScriptedTransport(answers: [.notFound])
            let completed = try? await NotionClient(transport).completedPage(page(value), properties: [PropertyID(id)])
            #expect(transport.sent.count == (isAsked ? 1 : 0))
            #expect((completed == nil) == isAsked)
        }
    }

    @Test func `a whole page costs no request`() async throws {
        let transport = ScriptedTransport(answers: [.notFound])
        let whole = page(.relation([pageID(2)], hasMore: false))
        #expect(try await NotionClient(transport).completedPage(whole, properties: [PropertyID("rEl%7B")]) == whole)
        #expect(transport.sent.isEmpty)
    }

    @Test func `a long relation is read to its end, its id used as written`() async throws {
        let transport = ScriptedTransport(answers: [
            try .fixture("property-item-list"),
            list([#"{"object":"property_item","type":"relation","relation":{"id":"last"}}"#]),
        ])
        let completed = try await NotionClient(transport).completedPage(
            page(.relation(Self.pages, hasMore: true)),
            properties: [PropertyID("rEl{")]
        )
        guard case .relation(let pages, hasMore: false)? = completed.properties["P"]?.value else {
            Issue.record("not completed")
            return
        }
        #expect(pages.count == 4)
        #expect(pages.last?.rawValue == "last")
        let path = "/v1/pages/\(pageID(1))/properties/rEl%7B?page_size=100"
        #expect(transport.paths == [path, "\(path)&start_cursor=6395e11a-9e8f-5531-9b7f-42a546dd9c36"])
    }

    @Test func `text and people are put together from single items`() async throws {
        let text = list([
            #"{"object":"property_item","type":"rich_text","rich_text":{"type":"text","plain_text":"one "}}"#,
            #"{"object":"property_item","type":"rich_text","rich_text":{"type":"mention","plain_text":"two"}}"#,
        ])
        let id = PropertyID("rEl%7B")
        let whole = try await NotionClient(ScriptedTransport(answers: [text])).completedPage(
            page(.richText(RichText(text: "one", mentions: 25))),
            properties: [id]
        )
        #expect(whole.value(of: id) == .richText(RichText(text: "one two", mentions: 1)))

        let people = list([
            #"{"object":"property_item","type":"people","people":{"object":"user","id":"u","name":"Ada"}}"#
        ])
        let group = try await NotionClient(ScriptedTransport(answers: [people])).completedPage(
            page(.people(Self.users)),
            properties: [id]
        )
        #expect(group.value(of: id) == .people([NotionUser(id: "u", name: "Ada")]))
    }

    @Test func `a rollup is what its aggregate says, or its items`() async throws {
        let id = PropertyID("rEl%7B")
        let sum = list(
            [],
            aggregate: #"{"id":"x","type":"rollup","rollup":{"type":"number","number":60,"function":"sum"}}"#
        )
        let number = try await NotionClient(ScriptedTransport(answers: [sum])).completedPage(
            page(.rollup(.incomplete)),
            properties: [id]
        )
        #expect(number.value(of: id) == .rollup(.number(60)))

        let items = list(
            [#"{"object":"property_item","type":"title","title":{"type":"text","plain_text":"Hall"}}"#],
            aggregate: #"{"type":"rollup","rollup":{"type":"array","array":[],"function":"show_original"}}"#
        )
        let array = try await NotionClient(ScriptedTransport(answers: [items])).completedPage(
            page(.rollup(.incomplete)),
            properties: [id]
        )
        #expect(array.value(of: id) == .rollup(.array([.title(RichText(text: "Hall"))])))
    }

    @Test func `a list of items that does not end properly is an error`() async throws {
        let endless = ScriptedTransport(answers: [list([], next: "a")])
        await #expect(throws: NotionError.self) {
            try await NotionClient(endless).completedPage(page(.rollup(.incomplete)), properties: [PropertyID("rEl{")])
        }
        #expect(endless.sent.count == 2)
    }

    @Test func `a list of items that never ends is given up`() async throws {
        let count = Mutex(0)
        let endless = ScriptedTransport { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return list([], next: "cursor \(number)")
        }
        let error = await #expect(throws: NotionError.self) {
            try await NotionClient(endless).completedPage(page(.rollup(.incomplete)), properties: [PropertyID("rEl{")])
        }
        #expect(error?.failure.code == "notion_malformed_answer")
        #expect(endless.sent.count == 1_000)
    }

    private static let text = #"{"object":"property_item","type":"rich_text","rich_text":{"plain_text":"one"}}"#
    private static let person = #"{"object":"property_item","type":"people","people":{"object":"user","id":"u"}}"#
    private static let textWithoutText = #"{"object":"property_item","type":"rich_text","rich_text":{"type":"new"}}"#

    private static let misfits: [(PropertyValue, [String])] = [
        (.richText(RichText(text: "one two", mentions: 25)), [text, person]),
        (.richText(RichText(text: "one two", mentions: 25)), [text, textWithoutText]),
        (.richText(RichText(text: "one two", mentions: 25)), []),
        (.title(RichText(text: "one", mentions: 25)), [text]),
        (.title(RichText(text: "one", mentions: 25)), [#"{"object":"property_item"}"#]),
        (.people(users), [person, text]), (.people(users), []),
        (.relation(pages, hasMore: true), [person]), (.relation(pages, hasMore: true), []),
        (.rollup(.incomplete), []), (.rollup(.array(Array(repeating: .number(1), count: 25))), []),
    ]

    @Test(arguments: misfits)
    func `a value is malformed where a part of it is not what it should be`(
        value: PropertyValue,
        items: [String]
    ) async throws {
        let completed = try await NotionClient(ScriptedTransport(answers: [list(items)])).completedPage(
            page(value),
            properties: [PropertyID("rEl{")]
        )
        #expect(completed.properties["P"]?.value == .malformed(value.type))
    }

    @Test func `an array that the answer says is empty is believed where the page did not show any`() async throws {
        let empty = list([], aggregate: #"{"type":"rollup","rollup":{"type":"array","array":[]}}"#)
        let completed = try await NotionClient(ScriptedTransport(answers: [empty])).completedPage(
            page(.rollup(.incomplete)),
            properties: [PropertyID("rEl{")]
        )
        #expect(completed.properties["P"]?.value == .rollup(.array([])))
    }

    @Test func `pages can be completed while they are listed, and the listing ends where that fails`() async throws {
        let cut =
            #"{"id":"\#(pageID(1))","properties":{"P":{"id":"rEl%7B","type":"relation","relation":[],"has_more":true}}}"#
        let item = list([#"{"object":"property_item","type":"relation","relation":{"id":"x"}}"#])
        let id = PropertyID("rEl%7B")
        let client = NotionClient(ScriptedTransport(answers: [.list([cut]), item]))
        var values: [PropertyValue?] = []
        _ = try await client.pages(of: source, properties: [id]) { page throws(NotionError) in
            values.append(try await client.completedPage(page, properties: [id]).value(of: id))
        }
        #expect(values == [.relation([PageID(rawValue: "x")], hasMore: false)])

        let failing = NotionClient(ScriptedTransport(answers: [.list([cut, row(2)], next: "a"), .notFound]))
        await #expect(throws: NotionError.notFound(.page, id: pageID(1).rawValue)) {
            _ = try await failing.pages(of: source, properties: [id]) { page throws(NotionError) in
                _ = try await failing.completedPage(page, properties: [id])
            }
        }
    }
}
