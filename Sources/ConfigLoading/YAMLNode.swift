import ReconcileModel

/// A value of a YAML document and the place where it stands.
struct YAMLNode {
    enum Content {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        /// In the order of the file, without duplicates; keys are always scalars.
        case mapping([YAMLEntry])
    }

    var content: Content
    var location: SourceLocation
    /// This node and all within it, aliases replaced.
    var size: Int
    /// 0 for a scalar, else one more than the highest node within.
    var height: Int

    init(_ content: Content, at location: SourceLocation) {
        (self.content, self.location) = (content, location)
        switch content {
        case .scalar: (size, height) = (1, 0)
        case .sequence(let nodes):
            size = nodes.reduce(1) { $0 + $1.size }
            height = 1 + (nodes.map(\.height).max() ?? 0)
        case .mapping(let entries):
            size = entries.reduce(1) { $0 + 1 + $1.value.size }
            height = 1 + (entries.map(\.value.height).max() ?? 0)
        }
    }
}

/// A key and its value.
struct YAMLEntry {
    var key: String
    var keyLocation: SourceLocation
    var value: YAMLNode
}

/// A value that is neither list nor mapping.
struct YAMLScalar: Hashable {
    var text: String
    var isPlain: Bool

    /// What a scalar means in the core schema: <https://yaml.org/spec/1.2.2/#103-core-schema>.
    ///
    /// `yes`, `no`, `on` and `off` are text there, unlike in YAML 1.1.
    enum Meaning: Hashable {
        case null
        case boolean(Bool)
        case integer(Int)
        /// A number that is not whole, or is too large.
        case number
        case text
    }

    var meaning: Meaning {
        guard isPlain else { return .text }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        default: return integer.map(Meaning.integer) ?? (isNumber ? .number : .text)
        }
    }

    private var integer: Int? {
        if text.hasPrefix("0o") { return Self.digits(text.dropFirst(2), radix: 8) }
        if text.hasPrefix("0x") { return Self.digits(text.dropFirst(2), radix: 16) }
        return Int(text)
    }

    private static func digits(_ text: Substring, radix: Int) -> Int? {
        text.first.map { $0.isHexDigit } == true ? Int(text, radix: radix) : nil
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, infinity or not-a-number.
    private var isNumber: Bool {
        if [".inf", ".nan"].contains(text.trimmingSign.lowercased()) { return true }
        guard text.utf8.contains(where: { (48...57).contains($0) }) else { return false }
        return text.utf8.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
            && Double(text) != nil
    }
}

extension String {
    fileprivate var trimmingSign: Substring { hasPrefix("-") || hasPrefix("+") ? dropFirst() : self[...] }
}
