import JSON
package import ReconcileModel

/// What a declaration comes to, for people and for programs.
package struct ExplanationRenderer: Sendable {
    /// Longer values are cut for people, unless they want to see all.
    private static let longest = 60

    private let style: TextStyle
    private let isVerbose: Bool

    package init(style: TextStyle = TextStyle(isColored: false), isVerbose: Bool = false) {
        self.style = style
        self.isVerbose = isVerbose
    }

    /// One line for each key: its value, and where that is from.
    package func text(_ explanation: DeclarationExplanation) -> String {
        let organization = explanation.organization
        let rows = explanation.entries.map { (key: $0.key, value: words($0.value), origin: words($0.origin)) }
        let keyWidth = rows.map(\.key.count).max() ?? 0
        let valueWidth = min(rows.map(\.value.count).max() ?? 0, Self.longest)
        let lines = rows.map { row in
            "  \(row.key.padded(to: keyWidth))  \(row.value.padded(to: valueWidth))  \(style.paint(row.origin, .gray))"
        }
        let heading = style.bold("\(organization.name.printableAtLineStart) (\(organization.prefix))")
        return ([heading] + lines).joined(separator: "\n") + "\n"
    }

    package func json(_ explanation: DeclarationExplanation) -> String {
        let organization = explanation.organization
        return JSON.object([
            "format_version": .string(JSONRenderer.formatVersion),
            "organization": .object(["prefix": .string(organization.prefix), "name": .string(organization.name)]),
            "keys": .array(explanation.entries.map(entry)),
        ]).text()
    }

    private func words(_ value: EffectiveValue) -> String {
        switch value {
        case .none(let meaning): return "(\(meaning))"
        case .text(let text): return cut(text.printable)
        case .flag(let flag): return flag ? "true" : "false"
        case .number(let number): return "\(number)"
        case .list(let texts) where texts.isEmpty: return "(none)"
        case .list(let texts): return cut("[\(texts.map(\.printable).joined(separator: ", "))]")
        }
    }

    private func cut(_ text: String) -> String { isVerbose ? text : text.shortened(to: Self.longest) }

    private func words(_ origin: DeclarationExplanation.Origin) -> String {
        switch origin {
        case .file(let location): location.description.printable
        case .variable(let name): "the variable \(name)"
        case .standard: "default"
        }
    }

    private func entry(_ entry: DeclarationExplanation.Entry) -> JSON {
        var members: JSON.Members = ["key": .string(entry.key), "value": value(entry.value)]
        if case .none(let meaning) = entry.value { members["meaning"] = .string(meaning) }
        switch entry.origin {
        case .file(let location):
            members["source"] = .string("file")
            members += JSON.place(location)
        case .variable(let name):
            members["source"] = .string("environment")
            members["variable"] = .string(name)
        case .standard: members["source"] = .string("default")
        }
        return .object(members)
    }

    private func value(_ value: EffectiveValue) -> JSON {
        switch value {
        case .none: .null
        case .text(let text): .string(text)
        case .flag(let flag): .bool(flag)
        case .number(let number): .number(number)
        case .list(let texts): .array(texts.map(JSON.string))
        }
    }
}

extension JSON {
    /// `file`, `line` and `column`.
    static func place(_ location: SourceLocation) -> JSON.Members {
        ["file": .string(location.file), "line": .number(location.line), "column": .number(location.column)]
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
