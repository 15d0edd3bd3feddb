/// Reads iCalendar as strictly as RFC 5545 is written, for the little that occurs in ours; written apart from the renderer.
struct ICalendarReader {
    struct Property: Equatable {
        var name: String
        var parameters: [String: String]
        /// As it stands, escapes and all.
        var value: String
    }

    struct Component: Equatable {
        var name: String
        var properties: [Property] = []
        var components: [Component] = []

        /// The only property of that name; nil where there is none, or several.
        func property(_ name: String) -> Property? {
            let found = properties.filter { $0.name == name }
            return found.count == 1 ? found.first : nil
        }

        /// The unescaped text of a property.
        func text(_ name: String) -> String? { property(name).flatMap { ICalendarReader.unescaped($0.value) } }
    }

    enum Mistake: Error, Equatable {
        case bareLineEnd, lineTooLong(String), notUTF8(line: Int), noColon(String), unbalanced(String), control(String)
        case emptyComponent(String)
    }

    /// The one component of the document.
    static func read(_ text: String) throws -> Component {
        var open: [Component] = []
        for line in try unfolded(physicalLines(of: text)) {
            let property = try property(in: line)
            switch property.name {
            case "BEGIN": open.append(Component(name: property.value))
            case "END":
                guard let done = open.popLast(), done.name == property.value else { throw Mistake.unbalanced(line) }
                guard !done.properties.isEmpty || !done.components.isEmpty else {
                    throw Mistake.emptyComponent(done.name)
                }
                guard !open.isEmpty else { return done }
                open[open.count - 1].components.append(done)
            default:
                guard !open.isEmpty else { throw Mistake.unbalanced(line) }
                open[open.count - 1].properties.append(property)
            }
        }
        throw Mistake.unbalanced("the document ends inside of a component")
    }

    /// Each line ends with CRLF, has 75 octets at most, and is UTF-8 by itself: no fold cut a character.
    static func physicalLines(of text: String) throws -> [String] {
        var lines: [String] = []
        var rest = Array(text.utf8)[...]
        while let end = rest.firstIndex(where: { $0 == 0x0D || $0 == 0x0A }) {
            guard rest[end] == 0x0D, end + 1 < rest.endIndex, rest[end + 1] == 0x0A else { throw Mistake.bareLineEnd }
            let octets = rest[rest.startIndex..<end]
            guard let line = String(validating: octets, as: UTF8.self) else {
                throw Mistake.notUTF8(line: lines.count + 1)
            }
            guard octets.count <= 75 else { throw Mistake.lineTooLong(line) }
            guard !octets.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) else {
                throw Mistake.control(line)
            }
            lines.append(line)
            rest = rest[(end + 2)...]
        }
        guard rest.isEmpty else { throw Mistake.bareLineEnd }
        return lines
    }

    private static func unfolded(_ lines: [String]) -> [String] {
        lines.reduce(into: []) { result, line in
            // By scalars: a line may begin with a mark that would join the space before it.
            guard line.unicodeScalars.first == " ", !result.isEmpty else { return result.append(line) }
            result[result.count - 1].unicodeScalars.append(contentsOf: line.unicodeScalars.dropFirst())
        }
    }

    private static func property(in line: String) throws -> Property {
        let scalars = line.unicodeScalars
        guard let colon = scalars.firstIndex(of: ":") else { throw Mistake.noColon(line) }
        let head = scalars[..<colon].split(separator: ";").map(String.init)
        guard let name = head.first else { throw Mistake.noColon(line) }
        let parameters = head.dropFirst().compactMap { text -> (String, String)? in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        return Property(
            name: name,
            parameters: Dictionary(parameters) { first, _ in first },
            value: String(scalars[scalars.index(after: colon)...])
        )
    }

    /// Nil where a character stands bare that needs a backslash, or a backslash before one that needs none.
    static func unescaped(_ value: String) -> String? {
        var result = ""
        var scalars = value.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch scalar {
            case ",", ";": return nil
            case "\\":
                switch scalars.next() {
                case "n": result.unicodeScalars.append("\n")
                case let escaped? where [",", ";", "\\"].contains(escaped): result.unicodeScalars.append(escaped)
                default: return nil
                }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
