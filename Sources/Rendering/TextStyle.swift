/// Colours for terminals; plain text otherwise.
package struct TextStyle: Sendable {
    package var isColored: Bool

    package init(isColored: Bool) { self.isColored = isColored }

    enum Color: Int {
        case red = 31
        case green, yellow
        case gray = 90
    }

    func paint(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }

    func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}

extension String {
    /// At most `limit` characters, with an ellipsis where something was left out. A character may be made of any number of marks:
    /// those count, too.
    func shortened(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        let scalars = unicodeScalars.prefix(4 * limit)
        if scalars.endIndex == unicodeScalars.endIndex, count <= limit { return self }
        return "\(String(scalars).prefix(limit - 1))…"
    }
}
