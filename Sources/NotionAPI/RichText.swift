/// Styled text, of which the characters and the addresses of its links are kept.
///
/// <https://developers.notion.com/reference/rich-text>
package struct RichText: Hashable, Sendable {
    /// The concatenation of the items' `plain_text`.
    package var text: String
    /// How many items mention a user, a page or a date. Notion fills in at most 25 in a page object.
    package var mentions: Int
    /// In the order of the text.
    package private(set) var links: [Link]
    /// Whether it mentions a person of whom Notion shows nothing, as `@Anonymous`.
    package var hidesUser: Bool
    /// Whether it mentions something else of which Notion shows nothing at all.
    package var hidesMention: Bool

    /// A part of the text that leads somewhere.
    package struct Link: Hashable, Sendable {
        /// In UTF-8 bytes from the front of the text.
        package var start: Int
        package var end: Int
        /// With its scheme.
        package var address: String
    }

    package init(text: String, mentions: Int = 0, hidesUser: Bool = false, hidesMention: Bool = false) {
        (self.text, self.mentions, self.links) = (text, mentions, [])
        (self.hidesUser, self.hidesMention) = (hidesUser, hidesMention)
    }

    /// - Parameter address: where all of the text leads.
    package init(text: String, address: String) {
        self.init(text: text)
        links = [Link(start: 0, end: text.utf8.count, address: address)]
    }

    package mutating func append(_ other: RichText) {
        let length = text.utf8.count
        text += other.text
        mentions += other.mentions
        hidesUser = hidesUser || other.hidesUser
        hidesMention = hidesMention || other.hidesMention
        for var link in other.links {
            (link.start, link.end) = (link.start + length, link.end + length)
            // Notion ends an item where a style changes, in the middle of a link too.
            if let last = links.last, last.end == link.start, last.address == link.address {
                links[links.count - 1].end = link.end
            } else {
                links.append(link)
            }
        }
    }
}

extension RichText: Decodable {
    package init(from decoder: any Decoder) throws {
        self.init(text: "")
        // The items of the property endpoint hold one object where a page holds a list.
        guard var items = try? decoder.unkeyedContainer() else {
            append(try RichTextItem(from: decoder).value)
            return
        }
        while !items.isAtEnd { append(try items.decode(RichTextItem.self).value) }
    }
}

private struct RichTextItem: Decodable {
    let value: RichText

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text =
            container.value(String.self, .plainText) ?? container.value(Content.self, .text)?.content
            ?? container.value(Equation.self, .equation)?.expression
        // No text at all must not look like an empty one: that would clear what an event shows.
        guard let text else {
            throw DecodingError.dataCorruptedError(forKey: .plainText, in: container, debugDescription: "no text")
        }
        let isMention = container.value(String.self, .type) == "mention"
        let mention = isMention ? container.value(Mention.self, .mention) : nil
        let address = isMention ? mention?.address : container.value(Content.self, .text)?.link?.url
        let href = isMention && !(mention?.leadsOutside ?? false) ? nil : container.value(String.self, .href)
        var value = (address ?? href).map { RichText(text: text, address: $0) } ?? RichText(text: text)
        value.mentions = isMention ? 1 : 0
        value.hidesUser = mention?.hidesUser(behind: text) ?? false
        value.hidesMention = isMention && text.allSatisfy(\.isWhitespace)
        self.value = value
    }

    private struct Content: Decodable {
        let content: String
        let link: Address?
    }
    private struct Address: Decodable { let url: String? }
    private struct Equation: Decodable { let expression: String }

    private enum CodingKeys: String, CodingKey {
        case type, text, equation, mention, href
        case plainText = "plain_text"
    }
}

/// What a mention says beside its text.
private struct Mention: Decodable {
    private let type: String
    private let user: NotionUser?
    private let preview: Target?
    private let link: Target?

    private struct Target: Decodable {
        let url: String?
        let href: String?
    }

    private enum CodingKeys: String, CodingKey {
        case type, user
        case preview = "link_preview"
        case link = "link_mention"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        type = container.value(String.self, .type) ?? ""
        user = container.value(NotionUser.self, .user)
        preview = container.value(Target.self, .preview)
        link = container.value(Target.self, .link)
    }

    /// Mentions of pages and databases lead into the workspace, which readers of a calendar cannot enter.
    var leadsOutside: Bool { type == "link_preview" || type == "link_mention" }

    var address: String? { leadsOutside ? link?.href ?? preview?.url : nil }

    /// Notion writes a person whom it does not show as one of these.
    private static let strangers: Set<String> = ["", "anonymous", "unknown", "unknown user"]

    func hidesUser(behind text: String) -> Bool {
        guard type == "user", user.map(\.isShown) != true else { return false }
        let name = text.drop { $0 == "@" || $0.isWhitespace }
        return Self.strangers.contains(name.lowercased())
    }
}

extension KeyedDecodingContainer {
    /// The value where it is there and of this shape, else nil: Notion's optional fields never fail an object.
    func value<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        (try? decodeIfPresent(type, forKey: key)) ?? nil
    }
}
