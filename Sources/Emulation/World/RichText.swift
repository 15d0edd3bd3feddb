/// Rich text values as Notion writes them.
package enum RichText {
    /// One plain item, or none for empty text; text over 2,000 characters becomes several items, as in the real service.
    package static func text(_ text: String) -> JSONText { JSONText(value(text)) }

    package static func value(_ text: String) -> JSONValue {
        var items: [JSONValue] = []
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            items.append(item(String(String.UnicodeScalarView(rest.prefix(2000)))))
            rest = rest.dropFirst(2000)
        }
        return .array(items)
    }

    /// A plain or linked item.
    package static func item(_ text: String, link: String? = nil, bold: Bool = false) -> JSONValue {
        [
            "type": "text",
            "text": ["content": .string(text), "link": link.map { ["url": .string($0)] } ?? .null],
            "annotations": annotations(bold: bold),
            "plain_text": .string(text),
            "href": link.map { .string($0) } ?? .null,
        ]
    }

    package static func equation(_ expression: String) -> JSONValue {
        [
            "type": "equation",
            "equation": ["expression": .string(expression)],
            "annotations": annotations(),
            "plain_text": .string(expression),
            "href": nil,
        ]
    }

    /// A mention; `kind` is `user`, `date` or `page`, `content` what stands under that name.
    package static func mention(
        _ kind: String,
        _ content: JSONValue,
        plainText: String,
        href: String? = nil
    ) -> JSONValue {
        [
            "type": "mention",
            "mention": ["type": .string(kind), kind: content],
            "annotations": annotations(),
            "plain_text": .string(plainText),
            "href": href.map { .string($0) } ?? .null,
        ]
    }

    private static func annotations(bold: Bool = false) -> JSONValue {
        [
            "bold": .bool(bold), "italic": false, "strikethrough": false, "underline": false, "code": false,
            "color": "default",
        ]
    }

    /// The text of all items together.
    static func plainText(of value: JSONValue) -> String {
        (value.array ?? []).compactMap { $0["plain_text"]?.string }.joined()
    }
}
