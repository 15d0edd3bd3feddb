import ReconcileModel

/// Turns the tree of one file into a `Declaration`, noting everything that is wrong on the way.
struct DeclarationReader {
    enum Role {
        case organization, defaults
    }

    let role: Role
    private var problems: Problems

    var diagnostics: [Diagnostic] { problems.diagnostics }

    init(role: Role, isKnownTimeZone: @escaping (String) -> Bool) {
        self.role = role
        problems = Problems(isKnownTimeZone: isKnownTimeZone)
    }

    /// - Parameter timeZone: of the environment, for an organization that names none.
    /// - Returns: what the file says where it says it rightly; nil where it is no mapping at all.
    mutating func declaration(_ root: YAMLNode, timeZone: String? = nil) -> Declaration? {
        guard let entries = problems.entries(of: Field(name: "", node: root), KeyTable.rows) else { return nil }
        var declaration = Declaration(location: root.location, timeZone: timeZone)
        for (row, field) in entries {
            guard role == .organization || row.key.mayBeDefault else {
                // It cannot stand there, and is not missing as well.
                declaration.places[row.key.path] = field.node.location
                problems.note(
                    field.problem(
                        "\(field.quotedName) cannot be a default",
                        hint: "give it in the organization's own file"
                    )
                )
                continue
            }
            row.read(field, &declaration, &problems)
        }
        return declaration
    }
}
