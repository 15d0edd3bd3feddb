import ReconcileModel

extension KeyRow {
    static let credentials = KeyRow(
        "credentials",
        "Names of environment variables that hold what this organization is reached with, in place of those of all.",
        mayBeNull: true,
        keys: [
            variable("notion", \.notion, "The token of its Notion integration. Default: NOTION_API_KEY."),
            variable("google", \.google, "The key of its service account. Default: GOOGLE_SERVICE_ACCOUNT."),
            variable(
                "webhook",
                \.webhook,
                "The token that its Notion workspace signs deliveries with. Default: NOTION_WEBHOOK_SECRET."
            ),
            KeyRow(
                "credentials.impersonate",
                .nullable(.person),
                "The person to act for, with domain-wide delegation. Default: GOOGLE_IMPERSONATE, where the key is that of all.",
                shows: { $0.credentials.impersonate.map { .text($0) } ?? .none("GOOGLE_IMPERSONATE") },
                reads: { field, organization throws(Diagnostic) in
                    organization.credentials.impersonate = field.isNull ? nil : try field.person()
                }
            ),
        ]
    )

    private static func variable(
        _ name: String,
        _ path: any WritableKeyPath<Credentials, Credentials.Variable?> & Sendable,
        _ meaning: String
    ) -> KeyRow {
        KeyRow(
            "credentials.\(name)",
            .nullable(.variable),
            meaning,
            shows: { $0.credentials[keyPath: path].map { .text($0.name) } ?? .none("that of all") },
            reads: { field, organization throws(Diagnostic) in
                organization.credentials[keyPath: path] = field.isNull ? nil : try field.variable()
            }
        )
    }
}
