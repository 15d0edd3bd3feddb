import ReconcileModel

/// A key of a declaration, with how it is read and what it comes to.
struct KeyRow: Sendable {
    let key: DeclarationKey
    /// Of a mapping: the keys within.
    let rows: [KeyRow]
    private let reads: @Sendable (Field, inout Declaration, inout Problems) -> Void
    private let shows: @Sendable (Organization) -> EffectiveValue

    /// A key whose value needs more than itself to be read.
    init(
        key: DeclarationKey,
        shows: @escaping @Sendable (Organization) -> EffectiveValue,
        reads: @escaping @Sendable (Field, inout Declaration, inout Problems) -> Void
    ) {
        (self.key, self.shows, self.reads) = (key, shows, reads)
        rows = []
    }

    /// A key whose value goes straight into the organization.
    init(
        _ path: String,
        _ value: DeclarationValue,
        _ meaning: String,
        isRequired: Bool = false,
        mayBeDefault: Bool = true,
        shows: @escaping @Sendable (Organization) -> EffectiveValue,
        reads: @escaping @Sendable (Field, inout Organization) throws(Diagnostic) -> Void
    ) {
        let key = DeclarationKey(
            path: path,
            meaning: meaning,
            value: value,
            isRequired: isRequired,
            mayBeDefault: mayBeDefault
        )
        self.init(key: key, shows: shows) { field, declaration, problems in
            _ = problems.value { () throws(Diagnostic) in try reads(field, &declaration.organization) }
        }
    }

    /// A mapping.
    ///
    /// - Parameter mayBeNull: whether null stands for none of its keys, whatever the defaults have.
    init(_ path: String, _ meaning: String, mayBeNull: Bool = false, keys rows: [KeyRow]) {
        let keys = DeclarationValue.mapping(rows.map(\.key))
        key = DeclarationKey(path: path, meaning: meaning, value: mayBeNull ? .nullable(keys) : keys)
        self.rows = rows
        reads = { field, declaration, problems in
            guard !(mayBeNull && field.isNull) else { return }
            guard let entries = problems.entries(of: field, rows) else { return }
            for (row, field) in entries { row.read(field, &declaration, &problems) }
        }
        shows = { _ in .none("") }
    }

    /// Takes over what stands behind the key, and notes where that is.
    func read(_ field: Field, _ declaration: inout Declaration, _ problems: inout Problems) {
        declaration.places[key.path] = field.node.location
        reads(field, &declaration, &problems)
    }

    /// What holds for an organization.
    func effective(_ organization: Organization) -> EffectiveValue { shows(organization) }

    /// Whether its keys are names that people choose: those of the defaults stand beside those of a declaration.
    var mergesNames: Bool {
        guard case .named = key.value else { return false }
        return true
    }

    /// This row, or those within.
    var leaves: [KeyRow] { rows.isEmpty ? [self] : rows.flatMap(\.leaves) }
}

extension [KeyRow] {
    /// The row of a key in its mapping.
    func named(_ name: String) -> KeyRow? { first { $0.key.name == name } }
}
