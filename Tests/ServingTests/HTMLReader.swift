/// Reads HTML as strictly as XML is read: every element closed in its order, every attribute between quotation marks.
///
/// It goes by Unicode scalars, as browsers do.
struct HTMLReader {
    struct Element: Equatable {
        var name: String
        var attributes: [String: String]
    }

    enum Mistake: Error, Equatable {
        case unclosed([String]), mismatched(String, expected: String?), malformedTag(String), strayEntity(String)
    }

    private(set) var elements: [Element] = []
    /// Without that of the style.
    private(set) var text = ""

    private var open: [String] = []
    private var rest: Substring.UnicodeScalarView

    private static let void: Set<String> = ["meta", "link", "br"]

    init(_ html: String) throws {
        rest = html[...].unicodeScalars
        while !rest.isEmpty {
            let words = take { $0 != "<" }
            if open.last != "style" { text += try Self.decoded(words) }
            guard !rest.isEmpty else { break }
            try takeTag()
        }
        guard open.isEmpty else { throw Mistake.unclosed(open) }
    }

    var ids: [String] { elements.compactMap { $0.attributes["id"] } }

    private mutating func takeTag() throws {
        rest.removeFirst()
        if rest.first == "!" { return skipPast(">") }
        let isEnd = rest.first == "/"
        if isEnd { rest.removeFirst() }
        let name = take { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        guard !name.isEmpty else { throw Mistake.malformedTag(String(rest.prefix(40))) }
        if isEnd {
            guard open.popLast() == name, rest.first == ">" else { throw Mistake.mismatched(name, expected: open.last) }
            rest.removeFirst()
            return
        }
        var element = Element(name: name, attributes: [:])
        while let attribute = try takeAttribute(of: name) {
            guard element.attributes.updateValue(attribute.value, forKey: attribute.name) == nil else {
                throw Mistake.malformedTag(name)
            }
        }
        let isClosed = rest.first == "/"
        if isClosed { rest.removeFirst() }
        guard rest.first == ">" else { throw Mistake.malformedTag("\(name) \(String(rest.prefix(40)))") }
        rest.removeFirst()
        elements.append(element)
        if !isClosed, !Self.void.contains(name) { open.append(name) }
    }

    /// ` name="value"`; nil at the end of the tag.
    private mutating func takeAttribute(of element: String) throws -> (name: String, value: String)? {
        let space = take { $0.properties.isWhitespace }
        guard let next = rest.first, next != ">", next != "/" else { return nil }
        let name = take { $0.properties.isAlphabetic || $0 == "-" }
        guard !space.isEmpty, !name.isEmpty else { throw Mistake.malformedTag("\(element) \(String(rest.prefix(40)))") }
        guard rest.first == "=" else { return (name, "") }
        rest.removeFirst()
        guard rest.first == "\"" else { throw Mistake.malformedTag("\(element) \(name)") }
        rest.removeFirst()
        let value = take { $0 != "\"" }
        guard rest.first == "\"" else { throw Mistake.malformedTag("\(element) \(name)") }
        rest.removeFirst()
        return (name, try Self.decoded(value))
    }

    private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        let taken = rest.prefix(while: condition)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    private mutating func skipPast(_ end: Unicode.Scalar) {
        _ = take { $0 != end }
        _ = rest.popFirst()
    }

    private static func decoded(_ text: String) throws -> String {
        var result = String.UnicodeScalarView()
        var rest = text[...].unicodeScalars
        while let scalar = rest.popFirst() {
            guard scalar == "&" else {
                result.append(scalar)
                continue
            }
            let name = rest.prefix { $0 != ";" }
            let entities: [String: Unicode.Scalar] = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "#39": "'"]
            guard let meaning = entities[String(name)] else { throw Mistake.strayEntity(String(name.prefix(20))) }
            result.append(meaning)
            rest = rest[name.endIndex...].dropFirst()
        }
        return String(result)
    }
}
