package import NotionAPI
import ReconcileModel

/// Where a text of events comes from, its properties found in the schema.
package enum TextSource: Hashable, Sendable {
    case column(PropertySchema)
    case pattern(PagePattern)

    /// The properties that it is made of, each once.
    package var columns: [PropertySchema] {
        switch self {
        case .column(let column): [column]
        case .pattern(let pattern): pattern.columns
        }
    }

    /// For people: the column's name, or how the pattern begins.
    var name: String {
        switch self {
        case .column(let column): column.name
        case .pattern(let pattern): pattern.name
        }
    }

    /// What a run remembers of it.
    var origin: FieldOrigins.Column {
        switch self {
        case .column(let column): FieldOrigins.Column(column)
        case .pattern(let pattern):
            FieldOrigins.Column(id: pattern.pattern.text, name: pattern.name, type: FieldOrigins.Column.pattern)
        }
    }
}

/// A pattern whose properties were found in the schema.
package struct PagePattern: Hashable, Sendable {
    let pattern: TextPattern
    /// By the names and ids in the pattern.
    private let found: [String: PropertySchema]

    /// - Parameters:
    ///   - given: names that mean no property.
    ///   - find: the property of a name or id.
    init(
        _ pattern: TextPattern,
        given: Set<String> = [],
        _ find: (String) throws(Failure) -> PropertySchema
    ) throws(Failure) {
        self.pattern = pattern
        var found: [String: PropertySchema] = [:]
        for name in pattern.properties where found[name] == nil && !given.contains(name) {
            found[name] = try find(name)
        }
        self.found = found
    }

    var columns: [PropertySchema] {
        pattern.properties.compactMap { found[$0] }.unique
    }

    var name: String {
        let first = pattern.text.prefix { $0 != "\n" }
        return first.count < pattern.text.trimmingNewlines.count ? "\(first)…" : String(first)
    }

    /// The text with the values of a page; nil: nothing is left of it.
    ///
    /// A line all of whose properties are empty is left out, as are brackets with the space before them.
    ///
    /// - Parameters:
    ///   - given: the values of names that mean no property.
    ///   - leftOut: takes the parts that are left out, as they are written; nil: nobody asks.
    func text(
        given: [String: String] = [:],
        leftOut: inout [String]?,
        _ value: (PropertySchema) throws(PageNotes.Problem) -> String?
    ) throws(PageNotes.Problem) -> String? {
        let value: (String) throws(PageNotes.Problem) -> String? = { name throws(PageNotes.Problem) in
            guard let column = found[name] else { return given[name] }
            return try value(column)
        }
        var lines: [String] = []
        for line in pattern.lines {
            let made = try made(of: line, &leftOut, value)
            if made.isWanted {
                lines.append(made.hasProperties ? made.text.withoutBlanksAtEnd : made.text)
            } else {
                leftOut?.append(line.map(\.written).joined())
            }
        }
        return lines.joined(separator: "\n").trimmingNewlines.nonblank
    }

    private struct Made {
        var text = ""
        /// Whether there are properties in it, and whether one of them has a value.
        var hasProperties = false
        var hasValues = false

        var isWanted: Bool { !hasProperties || hasValues }
    }

    private func made(
        of parts: [TextPattern.Part],
        _ leftOut: inout [String]?,
        _ value: (String) throws(PageNotes.Problem) -> String?
    ) throws(PageNotes.Problem) -> Made {
        var made = Made()
        // Where a bracket went, the space on one side of it goes along.
        var skipsSpace = false
        for part in parts {
            defer { if case .bracket = part {} else { skipsSpace = false } }
            switch part {
            case .text(let text):
                made.text += skipsSpace && text.first == " " ? String(text.dropFirst()) : text
            case .property(let name):
                made.hasProperties = true
                guard let text = try value(name) else { continue }
                made.hasValues = true
                made.text += text
            case .bracket(let open, let parts, let close):
                let inner = try self.made(of: parts, &leftOut, value)
                made.hasProperties = made.hasProperties || inner.hasProperties
                made.hasValues = made.hasValues || inner.hasValues
                guard inner.isWanted else {
                    leftOut?.append(part.written)
                    skipsSpace = made.text.last.map { $0 == " " } ?? true
                    continue
                }
                skipsSpace = false
                made.text += open + inner.text + close
            }
        }
        return made
    }
}

extension FieldOrigins.Column {
    init(_ column: PropertySchema) {
        self.init(id: column.id.decoded, name: column.name, type: column.type.rawValue)
    }
}

extension TextPattern.Part {
    /// As declarations have it.
    fileprivate var written: String {
        switch self {
        case .text(let text): text
        case .property(let name): "{\(name)}"
        case .bracket(let open, let parts, let close): open + parts.map(\.written).joined() + close
        }
    }
}

extension String {
    fileprivate var trimmingNewlines: String {
        String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed())
    }

    fileprivate var withoutBlanksAtEnd: String { String(reversed().drop { $0 == " " || $0 == "\t" }.reversed()) }
}
