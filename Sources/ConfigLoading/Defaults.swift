import ReconcileModel

/// What `_defaults.yaml` gives to every organization.
struct Defaults {
    /// What was read rightly, and nothing else: a mistake is told once, and not by each organization.
    private let tree: YAMLNode
    /// Of every key that stands there, rightly or wrongly.
    private let places: [String: SourceLocation]

    /// - Parameters:
    ///   - root: the file's tree.
    ///   - places: of its keys, as it was read.
    ///   - mistakes: what was wrong with it.
    init(_ root: YAMLNode, places: [String: SourceLocation], mistakes: [Diagnostic]) {
        tree = root.kept(KeyTable.rows, without: Set(mistakes.map(\.location)))
        self.places = places
    }

    /// A declaration's tree with what it does not give itself.
    func filling(_ root: YAMLNode) -> YAMLNode { root.filled(from: tree, KeyTable.rows) }

    /// Notes in a declaration what stands here.
    func complete(_ declaration: inout Declaration) {
        declaration.places.merge(places) { own, _ in own }
    }
}

extension YAMLNode {
    /// This tree without what is no default, and without the values at some places.
    fileprivate func kept(_ rows: [KeyRow], without wrong: Set<SourceLocation>) -> YAMLNode {
        guard case .mapping(let entries) = content else { return self }
        let kept = entries.compactMap { entry -> YAMLEntry? in
            guard let row = rows.named(entry.key), row.key.mayBeDefault,
                !(row.rows.isEmpty ? entry.value.holds(wrong) : wrong.contains(entry.value.location))
            else { return nil }
            var entry = entry
            if !row.rows.isEmpty { entry.value = entry.value.kept(row.rows, without: wrong) }
            return entry
        }
        return YAMLNode(.mapping(kept), at: location)
    }

    /// Whether one of these places is in this tree.
    fileprivate func holds(_ places: Set<SourceLocation>) -> Bool {
        if places.contains(location) { return true }
        return switch content {
        case .scalar: false
        case .sequence(let nodes): nodes.contains { $0.holds(places) }
        case .mapping(let entries): entries.contains { places.contains($0.keyLocation) || $0.value.holds(places) }
        }
    }

    /// This tree, with what it does not give taken from another: mappings key by key. Every value keeps its place.
    fileprivate func filled(from defaults: YAMLNode, _ rows: [KeyRow]) -> YAMLNode {
        guard case .mapping(var entries) = content, case .mapping(let others) = defaults.content else { return self }
        for other in others {
            guard let own = entries.firstIndex(where: { $0.key == other.key }) else {
                entries.append(other)
                continue
            }
            guard let row = rows.named(other.key) else { continue }
            if !row.rows.isEmpty || row.mergesNames {
                entries[own].value = entries[own].value.filled(from: other.value, row.rows)
            }
        }
        return YAMLNode(.mapping(entries), at: location)
    }
}
