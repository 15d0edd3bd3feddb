package import NotionAPI
package import ReconcileModel

/// A column that gives no field although its name is, or nearly is, the usual one.
package struct MappingNote: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// It has the name and a fitting type, but it was not there when it was decided what gives this field.
        case appeared
        /// Its name is not quite the usual one.
        case otherName
        /// It has the name, and a type that has no text.
        case otherType
    }

    package var kind: Kind
    package var field: EventField
    package var column: PropertySchema

    package init(_ kind: Kind, _ field: EventField, _ column: PropertySchema) {
        (self.kind, self.field, self.column) = (kind, field, column)
    }
}

extension MappingNote {
    /// - Parameter file: of the declaration.
    package func warning(_ file: String) -> Warning {
        let name = column.name
        let use = "`\(field.rawValue): \(Self.yaml(name))`"
        let message =
            switch kind {
            case .appeared:
                "The column \"\(name)\" is not used: it was not there when it was decided that no column gives the "
                    + "\(field.rawValue) of events, and what stands there by now may be people's. Under properties: in "
                    + "\(file), add \(use) to use it, or `\(field.rawValue): null` not to."
            case .otherName:
                "The column \"\(name)\" is not used: only one that is named exactly \"\(field.usualColumn)\" gives the "
                    + "\(field.rawValue) of events by itself. Under properties: in \(file), add \(use) to use it."
            case .otherType:
                "The column \"\(name)\" is not used: its type is \(column.type), which cannot give the "
                    + "\(field.rawValue) of events. Under properties: in \(file), `\(field.rawValue):` can name another."
            }
        return Warning(code: kind == .appeared ? "property_unused" : "property_near_miss", message: message)
    }

    /// A name as YAML takes it, in quotation marks unless it is a plain word.
    package static func yaml(_ name: String) -> String {
        let isPlain = name.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isAlphabetic }
        let words: Set = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        if isPlain, !name.isEmpty, !words.contains(name.lowercased()) { return name }
        return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
