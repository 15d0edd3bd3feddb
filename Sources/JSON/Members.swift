extension JSON {
    /// The members of an object, in the order given. Their order is no part of what they say: objects of the same members are equal.
    package struct Members: Sendable {
        private var all: [(name: String, value: JSON)] = []

        package init() {}

        /// In the order of their names.
        package init(_ members: [String: JSON]) {
            all = members.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        }

        /// The value of the first member of that name; a new member comes after the others, and nil takes one away.
        package subscript(_ name: String) -> JSON? {
            get { all.first { $0.name == name }?.value }
            set {
                guard let index = all.firstIndex(where: { $0.name == name }) else {
                    if let newValue { all.append((name: name, value: newValue)) }
                    return
                }
                if let newValue { all[index].value = newValue } else { all.remove(at: index) }
            }
        }
    }
}

extension JSON.Members: RandomAccessCollection, RangeReplaceableCollection {
    package var startIndex: Int { all.startIndex }
    package var endIndex: Int { all.endIndex }
    package subscript(position: Int) -> (name: String, value: JSON) { all[position] }

    package mutating func replaceSubrange(
        _ range: Range<Int>,
        with members: some Collection<(name: String, value: JSON)>
    ) {
        all.replaceSubrange(range, with: members)
    }

    /// Of two literals, the library's own operator would not know what they are.
    package static func + (left: JSON.Members, right: JSON.Members) -> JSON.Members {
        var members = left
        members.append(contentsOf: right)
        return members
    }
}

extension JSON.Members: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        all = elements.map { (name: $0, value: $1) }
    }
}

extension JSON.Members: Hashable {
    private var byName: [String: JSON] { Dictionary(all.map { ($0.name, $0.value) }) { first, _ in first } }

    package static func == (left: JSON.Members, right: JSON.Members) -> Bool { left.byName == right.byName }

    package func hash(into hasher: inout Hasher) { hasher.combine(byName) }
}
