/// A text with places for values: `{Name} ({Track})`.
///
/// `{{` and `}}` stand for braces. Square and round brackets belong together with what is in them.
package struct TextPattern: Hashable, Codable, Sendable {
    package indirect enum Part: Hashable, Codable, Sendable {
        case text(String)
        /// The name or id of a property.
        case property(String)
        /// Gone with its contents where all of their properties are empty.
        case bracket(open: String, [Part], close: String)
    }

    /// As it is written.
    package let text: String
    package let lines: [[Part]]

    /// Why a text is no pattern: a clause without a full stop.
    package struct Problem: Error, Hashable {
        package var message: String
        package var hint: String
    }

    private static let mostProperties = 50

    package static func isPattern(_ text: String) -> Bool { text.contains { $0 == "{" || $0 == "}" } }

    package init(_ text: String) throws(Problem) {
        self.text = text
        var lines: [[Part]] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(Self.bracketed(try Self.parts(of: line)[...]))
        }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        while lines.first?.isEmpty ?? false { lines.removeFirst() }
        self.lines = lines
        guard properties.count <= Self.mostProperties else {
            throw Problem(message: "it names more than \(Self.mostProperties) properties", hint: "name fewer")
        }
    }

    /// The names and ids in it, each as often as it is there.
    package var properties: [String] { lines.joined().flatMap(\.properties) }

    /// Texts and properties, each character of a bracket a text of its own.
    private static func parts(of line: Substring) throws(Problem) -> [Part] {
        var parts: [Part] = []
        var text = ""
        var rest = line
        func take(_ part: Part) {
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(part)
        }
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}": text.append(rest.removeFirst())
            case "{":
                guard let end = rest.firstIndex(where: { $0 == "{" || $0 == "}" }), rest[end] == "}" else {
                    throw Problem(
                        message: "a { is not closed",
                        hint: "write {Name}; for a brace itself write {{"
                    )
                }
                let name = rest[..<end].trimmed
                guard !name.isEmpty else {
                    throw Problem(message: "{} names no property", hint: "write its name or id between the braces")
                }
                take(.property(name))
                rest = rest[rest.index(after: end)...]
            case "}":
                throw Problem(message: "a } has no { before it", hint: "write {Name}; for a brace itself write }}")
            case "(", ")", "[", "]": take(.text(String(character)))
            default: text.append(character)
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
        return parts
    }

    /// Brackets that belong together become one part; those without a counterpart stay text.
    private static func bracketed(_ parts: ArraySlice<Part>) -> [Part] {
        var result: [Part] = []
        var open: [(bracket: String, at: Int)] = []
        for part in parts {
            guard case .text(let text) = part else {
                result.append(part)
                continue
            }
            switch text {
            case "(", "[":
                open.append((text, result.count))
                result.append(part)
            case ")", "]":
                let counterpart = text == ")" ? "(" : "["
                guard let last = open.lastIndex(where: { $0.bracket == counterpart }) else {
                    result.append(part)
                    continue
                }
                let start = open[last].at
                open.removeLast(open.count - last)
                let inner = Array(result[(start + 1)...])
                result.removeLast(result.count - start)
                result.append(.bracket(open: counterpart, inner, close: text))
            default: result.append(part)
            }
        }
        return result
    }
}

extension TextPattern.Part {
    fileprivate var properties: [String] {
        switch self {
        case .text: []
        case .property(let name): [name]
        case .bracket(_, let parts, _): parts.flatMap(\.properties)
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let front = drop { $0.isWhitespace }
        return String(front.reversed().drop { $0.isWhitespace }.reversed())
    }
}
