import ReconcileModel

// `cancelled:`: which pages are called off.
extension Field {
    static let cancelledKeys: [KeyRow] = [
        key("property", .propertyName, "select, status, multi-select or checkbox.", isRequired: true),
        key(
            "values",
            .list(.value, counts: 1...Int.max),
            "The options that say so; of a checkbox [true] or [false].",
            isRequired: true
        ),
        key("show", .choice(["remove"]), "remove: the event goes."),
        key("prefix", .title(longest: longestLine), "The event stays, with this before its title."),
    ]

    private static func key(
        _ name: String,
        _ value: DeclarationValue,
        _ meaning: String,
        isRequired: Bool = false
    ) -> KeyRow {
        KeyRow(
            key: DeclarationKey(path: "cancelled.\(name)", meaning: meaning, value: value, isRequired: isRequired),
            shows: { _ in .none("") },
            // The rule reads its entries itself.
            reads: { _, _, _ in }
        )
    }

    fileprivate func cancelledValues() throws(Diagnostic) -> [CancelledRule.Value] {
        let items = try items(of: "a list of values", hint: "write [\(plainText ?? "Cancelled")]")
        guard !items.isEmpty else { throw problem("\(quotedName) must not be empty") }
        var values: [CancelledRule.Value] = []
        for item in items { values.append(CancelledRule.Value(try item.text("a value"), source: item.node.location)) }
        return values
    }

    fileprivate func titlePrefix() throws(Diagnostic) -> CancelledRule.Treatment {
        // White space at its end belongs to it.
        .prefix(try title())
    }

    fileprivate func removal() throws(Diagnostic) -> CancelledRule.Treatment {
        guard try text("remove") == "remove" else {
            throw mismatch("remove", hint: "to keep the event, write prefix: \"Cancelled: \" instead of show")
        }
        return .remove
    }
}

extension Problems {
    private static let example = "{property: Status, values: [Cancelled], show: remove}"

    /// - Returns: nil where anything in it is wrong, which is noted.
    mutating func cancelled(_ field: Field) -> CancelledRule? {
        guard let entries = entries(of: field, Field.cancelledKeys) else { return nil }
        var (property, place): (String?, SourceLocation?)
        var values: [CancelledRule.Value]?
        var treatments: [CancelledRule.Treatment?] = []
        for (row, field) in entries {
            switch row.key.name {
            case "property": (property, place) = (value(field.propertyName), field.node.location)
            case "values": values = value(field.cancelledValues)
            case "show": treatments.append(value(field.removal))
            default: treatments.append(value(field.titlePrefix))
            }
        }
        for row in Field.cancelledKeys
        where row.key.isRequired && !entries.contains(where: { $0.row.key.name == row.key.name }) {
            note(
                field.problem(
                    "missing key \(Excerpt.quoted(row.key.name)) in \(field.quotedName)",
                    hint: "write \(Self.example)"
                )
            )
        }
        guard treatments.count == 1 else {
            note(
                field.problem(
                    "\(field.quotedName) needs \(treatments.isEmpty ? "" : "only ")one of \"show: remove\" and \"prefix\"",
                    hint: "write \(Self.example), or prefix: \"Cancelled: \""
                )
            )
            return nil
        }
        guard let property, let place, let values, let treatment = treatments.first ?? nil else { return nil }
        return CancelledRule(property: property, source: place, values: values, treatment: treatment)
    }
}
