import ReconcileModel

/// A value together with the key it belongs to, read as what the key asks for.
///
/// Every function throws one diagnostic: what is expected, what was found instead, and where.
struct Field {
    /// Far longer than any name that a calendar or a table shows.
    static let longestLine = 254

    /// With the keys around it: `calendar.name`.
    let name: String
    let node: YAMLNode

    /// Whether it is written as null; a key without anything behind it is a slip of the pen.
    var isNull: Bool {
        guard case .scalar(let scalar) = node.content else { return false }
        return scalar.meaning == .null && !scalar.text.isEmpty
    }

    /// What stands there, where that is a single word or so: for hints.
    var plainText: String? {
        guard case .scalar(let scalar) = node.content, !scalar.text.isEmpty, scalar.text.utf8.count <= 64,
            scalar.text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"[]{},#\"'".utf8.contains($0) })
        else { return nil }
        return scalar.text
    }

    /// Text: what YAML reads as a number or a truth value needs quotation marks, for `1e3` and `010` are not what they look like.
    func text() throws(Diagnostic) -> String {
        let scalar = try scalar("text")
        guard scalar.meaning == .text else {
            throw mismatch("text", hint: "put it in quotation marks: \(Excerpt.quoted(scalar.text))")
        }
        return try text("text")
    }

    /// Any scalar but null, as it is written.
    func text(_ expected: String) throws(Diagnostic) -> String {
        let scalar = try scalar(expected)
        guard !scalar.text.allSatisfy(\.isWhitespace) else { throw problem("\(quotedName) must not be empty") }
        return scalar.text
    }

    /// A name: text without line breaks and other control characters, at most 254 characters.
    func line() throws(Diagnostic) -> String {
        let text = try text()
        guard !text.unicodeScalars.contains(where: \.endsLine) else {
            throw problem("\(quotedName) must be a single line, not \(found)")
        }
        guard text.unicodeScalars.count <= Self.longestLine else {
            throw problem(
                "\(quotedName) must be at most \(Self.longestLine) characters, not \(text.unicodeScalars.count)"
            )
        }
        return text
    }

    /// A name that is printed in tables, on pages and in feeds, among text of others: what turns the direction around there may reach
    /// beyond it (https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings). Marks that stand between two characters do not.
    func title() throws(Diagnostic) -> String {
        let text = try line()
        guard !text.unicodeScalars.contains(where: \.turnsDirection) else {
            throw problem("\(quotedName) must not turn the direction of text around, as \(found) does")
        }
        return text
    }

    func boolean() throws(Diagnostic) -> Bool {
        let scalar = try scalar("true or false")
        guard case .boolean(let value) = scalar.meaning else {
            throw mismatch("true or false", hint: Self.booleanHint(scalar.text))
        }
        return value
    }

    func integer(in range: ClosedRange<Int>) throws(Diagnostic) -> Int {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        let scalar = try scalar(expected)
        guard case .integer(let value) = scalar.meaning, range.contains(value) else {
            let digits = scalar.text.prefix { $0.isASCII && $0.isNumber }
            let meant = Int(digits).flatMap { range.contains($0) ? $0 : nil }
            throw mismatch(expected, hint: meant.map { "write \($0)" })
        }
        return value
    }

    /// The entries of a list, each named as the list is.
    func items(of expected: String, hint: String) throws(Diagnostic) -> [Field] {
        switch node.content {
        case .sequence(let nodes): return nodes.map { Field(name: name, node: $0) }
        case .scalar(let scalar) where scalar.meaning == .null: throw noValue(expected)
        case .scalar, .mapping: throw mismatch(expected, hint: hint)
        }
    }

    /// The entries of a mapping whose keys are known; all others are reported.
    func entries(
        _ rows: [KeyRow],
        reporting diagnostics: inout [Diagnostic]
    ) throws(Diagnostic) -> [(row: KeyRow, field: Field)] {
        let expected = "a mapping of keys and values"
        guard case .mapping(let entries) = node.content else {
            // Throws by itself for lists and for null.
            _ = try scalar(expected)
            throw mismatch(expected)
        }
        return entries.compactMap { entry in
            let path = isRoot ? entry.key : "\(name).\(entry.key)"
            guard let row = rows.named(entry.key) else {
                diagnostics.append(unknown(entry, among: rows.map(\.key.name)))
                return nil
            }
            return (row, Field(name: path, node: entry.value))
        }
    }
}

// Messages.
extension Field {
    /// The document itself has no key.
    private var isRoot: Bool { name.isEmpty }

    var quotedName: String { Excerpt.quoted(name) }

    func problem(_ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(location: node.location, message: message, hint: hint)
    }

    func mismatch(_ expected: String, hint: String? = nil) -> Diagnostic {
        problem("\(isRoot ? "a declaration" : quotedName) must be \(expected), not \(found)", hint: hint)
    }

    private func scalar(_ expected: String) throws(Diagnostic) -> YAMLScalar {
        guard case .scalar(let scalar) = node.content else { throw mismatch(expected) }
        guard scalar.meaning != .null else { throw noValue(expected) }
        return scalar
    }

    private func noValue(_ expected: String) -> Diagnostic {
        problem("\(quotedName) has no value", hint: "give it \(expected), or remove the key")
    }

    /// What stands here by mistake may be a secret, and is not shown.
    private var holdsSecrets: Bool { name == "credentials" || name.hasPrefix("credentials.") }

    /// What stands there, as messages call it.
    private var found: String {
        guard !holdsSecrets else { return "what stands there" }
        switch node.content {
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        case .scalar(let scalar):
            return switch scalar.meaning {
            case .null: "nothing"
            case .boolean: scalar.text
            case .integer, .number: "the number \(Excerpt.bare(scalar.text))"
            case .text: "the text \(Excerpt.quoted(scalar.text))"
            }
        }
    }

    private func unknown(_ entry: YAMLEntry, among keys: [String]) -> Diagnostic {
        let suggestion = Suggestion.nearest(to: entry.key, among: keys).map { "did you mean \(Excerpt.quoted($0))?" }
        let key = holdsSecrets ? "" : " \(Excerpt.quoted(entry.key))"
        return Diagnostic(
            location: entry.keyLocation,
            message: "unknown key\(key)\(isRoot ? "" : " in \(quotedName)")",
            hint: suggestion ?? "known here: \(keys.joined(separator: ", "))"
        )
    }

    private static func booleanHint(_ text: String) -> String? {
        switch text.lowercased() {
        case "true", "yes", "on", "y", "1": "write true"
        case "false", "no", "off", "n", "0": "write false"
        default: nil
        }
    }
}

extension Unicode.Scalar {
    fileprivate var endsLine: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Embeddings, overrides and isolates, and what ends them.
    fileprivate var turnsDirection: Bool {
        ("\u{202A}"..."\u{202E}").contains(self) || ("\u{2066}"..."\u{2069}").contains(self)
    }
}
