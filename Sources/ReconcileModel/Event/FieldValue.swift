/// What a field of an event holds.
package enum FieldValue: Hashable, Sendable {
    /// Nothing, and that is meant: it is spoken of.
    case empty
    case text(String)
    case time(EventTime)

    package init(_ text: String?) { self = text.map { .text($0) } ?? .empty }

    /// Nil where it is none.
    package var time: EventTime? { if case .time(let time) = self { time } else { nil } }

    /// As text: dates as `yyyy-mm-dd`, instants as RFC 3339 in UTC; nil where it is empty.
    package var text: String? {
        switch self {
        case .empty: nil
        case .text(let text): text
        case .time(let time): time.description
        }
    }

    /// Times are compared as instants or days. Texts are compared as people see them: Google may return `\r\n` as `\n`, and
    /// an empty text as none; white space at the ends and the Unicode form of a letter are no difference either.
    package func isSame(as other: FieldValue) -> Bool {
        switch (self, other) {
        case (.time(let one), .time(let other)): one == other
        case (.time, _), (_, .time): false
        default: Self.isSameText(text, other.text)
        }
    }

    package static func isSameText(_ one: String?, _ other: String?) -> Bool {
        if one == other { return true }
        return comparable(one ?? "") == comparable(other ?? "")
    }

    /// The same for texts that are the same to people, but for the Unicode form of a letter, which Swift's `==` takes care of.
    static func comparable(_ text: String) -> String {
        // "\r\n" is one Character, equal to neither "\r" nor "\n".
        var characters = text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 }[...]
        while let first = characters.first, first.isWhitespace { characters.removeFirst() }
        while let last = characters.last, last.isWhitespace { characters.removeLast() }
        return String(characters)
    }
}
