/// Styled text, of which only the characters are kept.
///
/// <https://developers.notion.com/reference/rich-text>
package struct RichText: Hashable, Sendable {
    /// The concatenation of the items' `plain_text`.
    package var text: String
    /// How many items mention a user, a page or a date. Notion fills in at most 25 in a page object.
    package var mentions: Int

    package init(text: String, mentions: Int = 0) { (self.text, self.mentions) = (text, mentions) }
}

extension RichText: Decodable {
    package init(from decoder: any Decoder) throws {
        self.init(text: "")
        // The items of the property endpoint hold one object where a page holds a list.
        guard var items = try? decoder.unkeyedContainer() else {
            append(try RichTextItem(from: decoder))
            return
        }
        while !items.isAtEnd { append(try items.decode(RichTextItem.self)) }
    }

    private mutating func append(_ item: RichTextItem) {
        text += item.text
        if item.isMention { mentions += 1 }
    }
}

private struct RichTextItem: Decodable {
    let text: String
    let isMention: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        isMention = container.value(String.self, .type) == "mention"
        let text =
            container.value(String.self, .plainText) ?? container.value(Content.self, .text)?.content
            ?? container.value(Equation.self, .equation)?.expression
        // No text at all must not look like an empty one: that would clear what an event shows.
        guard let text else {
            throw DecodingError.dataCorruptedError(forKey: .plainText, in: container, debugDescription: "no text")
        }
        self.text = text
    }

    private struct Content: Decodable { let content: String }
    private struct Equation: Decodable { let expression: String }

    private enum CodingKeys: String, CodingKey {
        case type, text, equation
        case plainText = "plain_text"
    }
}

extension KeyedDecodingContainer {
    /// The value where it is there and of this shape, else nil: Notion's optional fields never fail an object.
    func value<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        (try? decodeIfPresent(type, forKey: key)) ?? nil
    }
}
