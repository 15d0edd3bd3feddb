/// The `fields` parameter: which members of an answer are sent.
///
/// <https://developers.google.com/workspace/calendar/api/guides/performance#partial-response>
struct FieldSelector: Equatable {
    /// What to keep of each member; nil stands for all of it. `*` is any member.
    private var members: [String: FieldSelector?] = [:]

    /// - Throws: 400 `invalidParameter` where the text is not a selector.
    init(_ text: String) throws(Refusal) {
        var parser = Parser(text: Array(text))
        guard let selector = parser.list(), parser.isAtEnd else {
            throw .invalidParameter("fields", "Invalid field selection \(text)")
        }
        self = selector
    }

    private init() {}

    /// What is left of an answer.
    func apply(to value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map(apply))
        case .object(let object):
            var kept: [String: JSONValue] = [:]
            for (name, member) in object {
                guard let selection = members[name] ?? members["*"] else { continue }
                guard let selection else { kept[name] = member; continue }
                // What is inside a number or a text cannot be selected, and nothing is not sent.
                let inner = selection.apply(to: member)
                if inner.array != nil || inner.object?.isEmpty == false { kept[name] = inner }
            }
            return .object(kept)
        default: return value
        }
    }

    /// Whether anything of a member that lies below others is sent.
    func includes(_ path: some Collection<String>) -> Bool {
        guard let first = path.first else { return true }
        return [first, "*"].contains { name in
            guard let selection = members[name] else { return false }
            return selection.map { $0.includes(Array(path.dropFirst())) } ?? true
        }
    }

    private mutating func add(_ name: String, _ selection: FieldSelector?) {
        guard let present = members[name] else { return members[name] = .some(selection) }
        guard var merged = present, let selection else { return members[name] = .some(nil) }
        for (name, inner) in selection.members { merged.add(name, inner) }
        members[name] = .some(merged)
    }

    private struct Parser {
        let text: [Character]
        var position = 0

        var isAtEnd: Bool { position == text.count }

        /// `path ("," path)*`
        mutating func list() -> FieldSelector? {
            var selector = FieldSelector()
            repeat {
                guard let (name, selection) = path() else { return nil }
                selector.add(name, selection)
            } while skip(",")
            return selector
        }

        /// `name ("/" path | "(" list ")")?`
        private mutating func path() -> (String, FieldSelector?)? {
            guard let name = name() else { return nil }
            if skip("/") {
                guard let (inner, selection) = path() else { return nil }
                var selector = FieldSelector()
                selector.add(inner, selection)
                return (name, selector)
            }
            guard skip("(") else { return (name, nil) }
            guard let inner = list(), skip(")") else { return nil }
            return (name, inner)
        }

        private mutating func name() -> String? {
            skipSpace()
            let start = position
            while position < text.count, isNamed(text[position]) { position += 1 }
            guard position > start else { return nil }
            let name = String(text[start..<position])
            skipSpace()
            return name.contains("*") && name != "*" ? nil : name
        }

        private func isNamed(_ character: Character) -> Bool {
            character.isLetter || character.isNumber || "_-*@:.".contains(character)
        }

        private mutating func skip(_ mark: Character) -> Bool {
            skipSpace()
            guard position < text.count, text[position] == mark else { return false }
            position += 1
            return true
        }

        private mutating func skipSpace() {
            while position < text.count, text[position] == " " { position += 1 }
        }
    }
}
