import Foundation
import NotionAPI
import Testing

@Suite struct RichTextTests {
    private func text(_ items: String...) throws -> RichText {
        try JSONDecoder().decode(RichText.self, from: Data("[\(items.joined(separator: ","))]".utf8))
    }

    private static func item(_ text: String, link: String? = nil, href: String? = nil) -> String {
        let target = link.map { #"{"url":"\#($0)"}"# } ?? "null"
        return #"""
            {"type":"text","text":{"content":"\#(text)","link":\#(target)},"plain_text":"\#(text)",
            "href":\#((href ?? link).map { "\"\($0)\"" } ?? "null")}
            """#
    }

    private static func mention(_ kind: String, _ content: String, _ text: String, href: String = "null") -> String {
        #"{"type":"mention","mention":{"type":"\#(kind)","\#(kind)":\#(content)},"plain_text":"\#(text)","href":\#(href)}"#
    }

    @Test func `links keep their place and their address`() throws {
        let text = try text(
            Self.item("Sïgn up "),
            Self.item("he", link: "https://example.org"),
            Self.item("re", link: "https://example.org"),
            Self.item("!"),
            Self.item("b", href: "https://example.com")
        )
        #expect(text.text == "Sïgn up here!b")
        #expect(text.links.map(\.address) == ["https://example.org", "https://example.com"])
        #expect(text.links.map(\.start) == [9, 14])
        #expect(text.links.map(\.end) == [13, 15])
    }

    @Test func `a mention leads nowhere but out of Notion`() throws {
        let page = #"{"id":"5146e588-878b-5ab6-933c-151f3f76bb32"}"#
        let text = try text(
            Self.mention("page", page, "Rooms", href: "\"https://app.notion.com/p/5146e588\""),
            Self.mention("link_mention", #"{"href":"https://example.org/a","title":"A"}"#, "A"),
            Self.mention("link_preview", #"{"url":"https://example.org/b"}"#, "B")
        )
        #expect(text.links.map(\.address) == ["https://example.org/a", "https://example.org/b"])
        #expect(text.mentions == 3)
        #expect(!text.hidesUser && !text.hidesMention)
    }

    @Test(arguments: [
        (#"{"object":"user","id":"x"}"#, "@Anonymous", true), (#"{"object":"user","id":"x"}"#, "@", true),
        (#"{"object":"user","id":"x"}"#, "", true), (#"{"object":"user","id":"x","name":null}"#, "@Unknown User", true),
        (#"{"object":"user","id":"x","name":"Ada"}"#, "@Ada", false), (#"{"object":"user","id":"x"}"#, "@Ada", false),
        (#"{"object":"user","id":"x","name":"Anonymous"}"#, "@Anonymous", false), ("null", "@Anonymous", true),
    ])
    func `a person whom Notion does not name is hidden`(user: String, text: String, isHidden: Bool) throws {
        #expect(try self.text(Self.mention("user", user, text)).hidesUser == isHidden)
    }

    @Test func `a mention without any text is hidden, however the rest reads`() throws {
        #expect(try text(Self.item("See "), Self.mention("page", "{}", "")).hidesMention)
        #expect(try !text(Self.item("See "), Self.mention("page", "{}", "Untitled")).hidesMention)
    }

    @Test(arguments: [
        (#"prop("Starts")"#, [PropertySource.name("Starts")]), (#"a.prop("Starts")"#, []), (#"myprop("Starts")"#, []),
        (#"if(prop("A \"b\""), prop( "C" ), current.prop("D"))"#, [.name(#"A "b""#), .name("C")]),
        (
            "{{notion:block_property:BtVS:00000000-0000-0000-0000-000000000000:8994905a}}/2",
            [.id(PropertyID("BtVS"))]
        ), ("1 + 2", []), (#"prop("#, []),
    ])
    func `a formula tells what it is made of`(expression: String, sources: [PropertySource]) throws {
        let json = try JSONEncoder().encode(expression)
        let schema = #"""
            {"object":"data_source","id":"5146e588-878b-5ab6-933c-151f3f76bb32","properties":{
            "F":{"id":"f","type":"formula","formula":{"expression":\#(String(decoding: json, as: UTF8.self))}}}}
            """#
        let source = try JSONDecoder().decode(NotionDataSource.self, from: Data(schema.utf8))
        #expect(source.properties.first?.sources == sources)
    }

    @Test(arguments: [
        (#"{"relation_property_id":"a%3Db","relation_property_name":"P"}"#, [PropertySource.id(PropertyID("a%3Db"))]),
        (#"{"relation_property_name":"P"}"#, [.name("P")]), ("{}", [.untold]), ("null", [.untold]),
    ])
    func `a rollup tells its relation`(configuration: String, sources: [PropertySource]) throws {
        let schema = #"""
            {"object":"data_source","id":"5146e588-878b-5ab6-933c-151f3f76bb32","properties":{
            "R":{"id":"r","type":"rollup","rollup":\#(configuration)}}}
            """#
        let source = try JSONDecoder().decode(NotionDataSource.self, from: Data(schema.utf8))
        #expect(source.properties.first?.sources == sources)
    }
}
