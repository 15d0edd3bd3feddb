import JSON
package import ReconcileModel

/// What checking the declarations found, as a document for programs, in the manner of `JSONRenderer`.
package struct ValidationJSONRenderer: Sendable {
    package init() {}

    /// - Parameters:
    ///   - folder: of the declarations, as it was given.
    ///   - organizations: those that are declared; none where anything is wrong.
    ///   - problems: everything that is wrong; empty where all is right.
    package func render(folder: String, organizations: [Organization], problems: [Diagnostic]) -> String {
        JSON.object([
            "format_version": .string(JSONRenderer.formatVersion),
            "folder": .string(folder),
            "valid": .bool(problems.isEmpty),
            "organizations": .array(
                organizations.map { organization in
                    .object([
                        "prefix": .string(organization.prefix), "name": .string(organization.name),
                        "file": .string(organization.source.file),
                    ])
                }
            ),
            "diagnostics": .array(problems.map(Self.diagnostic)),
            "warnings": .array(organizations.flatMap(\.advice).map(Self.diagnostic)),
        ]).text()
    }

    private static func diagnostic(_ diagnostic: Diagnostic) -> JSON {
        var members = JSON.place(diagnostic.location)
        members["message"] = .string(diagnostic.message)
        members["hint"] = .optional(diagnostic.hint)
        return .object(members)
    }
}
