import ReconcileModel

// `calendar.sharing`: a list of mappings.
extension Field {
    /// The keys of one rule.
    static let accessKeys: [KeyRow] = [
        key(
            "role",
            .choice(roles.map(\.rawValue)),
            "freeBusyReader: see when there is something. reader: see events. writer: change them. owner: share it, too."
        ),
        key(
            "scope",
            .accessScope,
            "public (freeBusyReader or reader only), user:ADDRESS, group:ADDRESS or domain:NAME."
        ),
    ]

    /// Those that declarations give; Google knows more.
    private static let roles: [CalendarRole] = [.freeBusyReader, .reader, .writer, .owner]

    private static func key(_ name: String, _ value: DeclarationValue, _ meaning: String) -> KeyRow {
        KeyRow(
            key: DeclarationKey(path: "calendar.sharing.\(name)", meaning: meaning, value: value, isRequired: true),
            shows: { _ in .none("") },
            // The list reads its entries itself.
            reads: { _, _, _ in }
        )
    }

    fileprivate func role() throws(Diagnostic) -> CalendarRole {
        let names = Self.roles.map(\.rawValue)
        let expected = "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
        let text = try text(expected)
        if let role = Self.roles.first(where: { $0.rawValue == text }) { return role }
        let near = Suggestion.nearest(to: text, among: names)
        throw mismatch(expected, hint: near.map { "did you mean \(Excerpt.quoted($0))?" })
    }

    fileprivate func scope() throws(Diagnostic) -> AccessScope {
        let expected = "public, user:ADDRESS, group:ADDRESS or domain:NAME"
        let text = try text(expected)
        if let scope = AccessScope(text) { return scope }
        throw mismatch(expected, hint: Self.scopeHint(text))
    }

    private static func scopeHint(_ text: String) -> String? {
        switch text.lowercased() {
        case "public", "default", "everybody", "everyone", "anyone", "all", "world": return "write public"
        default: break
        }
        if AccessScope("user:\(text)") != nil { return "write \(Excerpt.quoted("user:\(text)"))" }
        if AccessScope("domain:\(text)") != nil { return "write \(Excerpt.quoted("domain:\(text)"))" }
        let kind = text.prefix { $0 != ":" }
        guard kind.count < text.count else { return nil }
        return Suggestion.nearest(to: String(kind), among: ["user", "group", "domain"])
            .flatMap { near in near == kind ? nil : "did you mean \(Excerpt.quoted("\(near):"))?" }
    }
}

extension Problems {
    /// The rules that are right; the others are noted.
    mutating func sharing(_ field: Field) -> [DeclaredAccess]? {
        let items = value { () throws(Diagnostic) in
            try field.items(of: "a list of roles and scopes", hint: "write [{role: reader, scope: public}]")
        }
        guard let items else { return nil }
        var first: [AccessScope: SourceLocation] = [:]
        var rules: [DeclaredAccess] = []
        for item in items {
            guard let (rule, place) = rule(item) else { continue }
            if let earlier = first[rule.scope] {
                note(
                    Diagnostic(
                        location: place,
                        message: "the scope \(Excerpt.quoted(rule.scope.text)) has a role already, given at \(earlier)",
                        hint: "give each scope one role"
                    )
                )
                continue
            }
            first[rule.scope] = place
            rules.append(DeclaredAccess(rule, source: place))
        }
        return rules
    }

    /// - Returns: also where the scope stands.
    private mutating func rule(_ item: Field) -> (AccessRule, SourceLocation)? {
        guard let entries = entries(of: item, Field.accessKeys) else { return nil }
        var (role, scope): (CalendarRole?, AccessScope?)
        var place = item.node.location
        for (row, field) in entries {
            if row.key.name == "role" {
                role = value(field.role)
            } else {
                scope = value(field.scope)
                place = field.node.location
            }
        }
        for row in Field.accessKeys where !entries.contains(where: { $0.row.key.name == row.key.name }) {
            note(
                item.problem(
                    "missing key \(Excerpt.quoted(row.key.name)) in \(item.quotedName)",
                    hint: "write {role: reader, scope: public}"
                )
            )
        }
        guard let role, let scope else { return nil }
        if scope == .everybody, role > .reader {
            note(
                Diagnostic(
                    location: place,
                    message:
                        "the scope \"public\" cannot be \(role.rawValue): Google gives everybody no more than reader",
                    hint: "write {role: reader, scope: public}"
                )
            )
            return nil
        }
        return (AccessRule(role, scope), place)
    }
}
