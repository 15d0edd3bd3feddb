import ReconcileModel

/// Turns the tree of one file into a `Declaration`, noting everything that is wrong on the way.
struct DeclarationDecoder {
    enum Role {
        case organization, defaults
    }

    let role: Role
    let isKnownTimeZone: (String) -> Bool
    private(set) var diagnostics: [Diagnostic] = []

    init(role: Role, isKnownTimeZone: @escaping (String) -> Bool) {
        (self.role, self.isKnownTimeZone) = (role, isKnownTimeZone)
    }

    /// - Returns: what the file says where it says it rightly; nil where it is no mapping at all.
    mutating func declaration(_ root: YAMLNode) -> Declaration? {
        guard let entries = entries(of: Field(name: "", node: root), DeclarationKey.self) else { return nil }
        var declaration = Declaration(location: root.location)
        for (key, field) in entries {
            declaration.places[key] = field.node.location
            guard role == .organization || key.mayBeDefault else {
                diagnostics.append(
                    field.problem(
                        "\(field.quotedName) cannot be a default",
                        hint: "give it in the organization's own file"
                    )
                )
                continue
            }
            decode(key, field, into: &declaration)
        }
        return declaration
    }

    private mutating func decode(_ key: DeclarationKey, _ field: Field, into declaration: inout Declaration) {
        switch key {
        case .prefix: declaration.prefix = value(field.prefix)
        case .previously: declaration.previously = previously(field)
        case .name: declaration.name = value(field.title)
        case .active: declaration.isActive = value(field.boolean)
        case .syncEnabled: declaration.isSyncEnabled = value(field.boolean)
        case .notionDatabaseID: declaration.notion = value(field.notionReference)
        case .dataSource: declaration.dataSource = value(field.line)
        case .googleCalendarID: declaration.googleCalendar = value(field.calendarID)
        case .timezone:
            let isKnown = isKnownTimeZone
            declaration.timeZone = value { () throws(Diagnostic) in try field.timeZone(isKnown: isKnown) }
        case .calendar: declaration.calendar = calendar(field)
        case .properties: declaration.properties = properties(field)
        case .defaultDuration: declaration.defaultDuration = value(field.duration)
        case .syncInterval: declaration.syncInterval = value(field.duration)
        case .deletions: declaration.deletions = value(field.deletions)
        case .safety: declaration.maxDeletePercent = maxDeletePercent(field)
        // Refused by `entries(of:_:)` already.
        case .filter, .window, .templates: break
        }
    }

    private mutating func previously(_ field: Field) -> [(prefix: String, location: SourceLocation)] {
        let items = value { () throws(Diagnostic) in try field.items(of: "a list of prefixes", hint: "write [acm-asu]")
        }
        return (items ?? []).compactMap { item in value(item.prefix).map { ($0, item.node.location) } }
    }

    private mutating func calendar(_ field: Field) -> CalendarSettings? {
        guard let entries = entries(of: field, CalendarKey.self) else { return nil }
        var calendar = CalendarSettings()
        for (key, field) in entries {
            switch key {
            case .name: calendar.name = value(field.title)
            case .description: calendar.description = value(field.text)
            case .sharing: break
            }
        }
        return calendar
    }

    private mutating func properties(_ field: Field) -> PropertyMapping {
        var properties = PropertyMapping()
        for (key, field) in entries(of: field, PropertyKey.self) ?? [] {
            switch key {
            case .title: properties.title = value(field.line)
            case .date: properties.date = value(field.line)
            case .location where field.isNull: properties.leftToPeople.insert(.location)
            case .location: properties.location = value(field.line)
            case .description where field.isNull: properties.leftToPeople.insert(.description)
            case .description: properties.description = value(field.line)
            }
        }
        return properties
    }

    private mutating func maxDeletePercent(_ field: Field) -> Int? {
        var percent: Int?
        for (key, field) in entries(of: field, SafetyKey.self) ?? [] {
            switch key {
            case .maxDeletePercent: percent = value(field.percentage)
            }
        }
        return percent
    }
}

// Collecting what is wrong.
extension DeclarationDecoder {
    private mutating func value<Value>(_ read: () throws(Diagnostic) -> Value) -> Value? {
        do throws(Diagnostic) {
            return try read()
        } catch {
            diagnostics.append(error)
            return nil
        }
    }

    private mutating func entries<Key: DeclarationKeys>(
        of field: Field,
        _ keys: Key.Type
    ) -> [(key: Key, field: Field)]? {
        var unknown: [Diagnostic] = []
        let entries = value { () throws(Diagnostic) in try field.entries(keys, reporting: &unknown) }
        diagnostics += unknown
        return entries
    }
}
