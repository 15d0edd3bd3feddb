import ReconcileModel

/// What must hold once defaults are filled in: in each declaration, and between them.
struct DeclarationChecks {
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter declarations: in the order of their files, which decides who came first.
    init(_ declarations: [Declaration]) {
        for declaration in declarations { requireKeys(of: declaration) }
        refuseSharedPrefixes(declarations)
        refuseSharedFormerPrefixes(declarations)
        refuseSharedCalendars(declarations)
        refuseSharedPages(declarations)
    }

    private mutating func requireKeys(of declaration: Declaration) {
        if declaration.places["prefix"] == nil {
            report(declaration.location, "missing key \"prefix\"", hint: "add one, such as \"prefix: acm\"")
        }
        if declaration.places["name"] == nil {
            report(declaration.location, "missing key \"name\"", hint: "add one, such as \"name: ACM\"")
        }
        if let rule = declaration.organization.cancelled { requirePassage(of: rule, declaration.organization.filter) }
        if let templates = declaration.organization.templates, templates.property.isEmpty,
            let place = declaration.places["templates"], declaration.places["templates.by"] == nil
        {
            report(
                place,
                "missing key \"by\" in \"templates\"",
                hint: "name the property that chooses, such as \"by: Type\""
            )
        }
        guard declaration.organization.isSyncEnabled, declaration.places["notion_database_id"] == nil,
            let place = declaration.places["sync_enabled"]
        else { return }
        report(
            place.file == declaration.location.file ? place : declaration.location,
            "missing key \"notion_database_id\", which \"sync_enabled: true\" at \(place) asks for",
            hint: "add the id or the URL of the Notion database"
        )
    }

    /// What the filter leaves out is no event, and nobody would see the prefix.
    private mutating func requirePassage(of rule: CancelledRule, _ filter: EventFilter?) {
        guard case .prefix = rule.treatment, case .rule(let conditions)? = filter else { return }
        for value in rule.values where conditions.verdict(on: value.name, of: rule.property) == false {
            report(
                value.source,
                "the filter leaves out \(Excerpt.quoted(value.name)), so that nobody would see the prefix",
                hint: "add \(value.name) to the filter, or write show: remove"
            )
        }
    }

    private mutating func refuseSharedPrefixes(_ declarations: [Declaration]) {
        var first: [String: SourceLocation] = [:]
        for declaration in declarations {
            guard let prefix = declaration.prefix, let place = declaration.places["prefix"] else { continue }
            guard let earlier = first[prefix] else {
                first[prefix] = place
                continue
            }
            report(
                place,
                "duplicate prefix \(Excerpt.quoted(prefix)), first given at \(earlier)",
                hint: "give every organization a prefix of its own"
            )
        }
    }

    /// A former prefix tells whose a calendar is: it can mean one organization only, and none that has it today.
    private mutating func refuseSharedFormerPrefixes(_ declarations: [Declaration]) {
        var current: [String: SourceLocation] = [:]
        for declaration in declarations {
            guard let prefix = declaration.prefix, current[prefix] == nil else { continue }
            current[prefix] = declaration.places["prefix"] ?? declaration.location
        }
        var first: [String: SourceLocation] = [:]
        for former in declarations.flatMap(\.formerPrefixes) {
            let name = Excerpt.quoted(former.prefix)
            if let place = current[former.prefix] {
                report(
                    former.location,
                    "the prefix \(name) is in use, given at \(place)",
                    hint: "list only prefixes that no organization has any more"
                )
            } else if let place = first[former.prefix] {
                report(
                    former.location,
                    "duplicate former prefix \(name), first given at \(place)",
                    hint: "give it to the one organization that had it"
                )
            } else {
                first[former.prefix] = former.location
            }
        }
    }

    private mutating func refuseSharedCalendars(_ declarations: [Declaration]) {
        var first: [String: Declaration] = [:]
        for declaration in declarations {
            guard let id = declaration.organization.googleCalendar, let place = declaration.places["google_calendar_id"]
            else { continue }
            // Ids are addresses, in which case does not count.
            guard let earlier = first[id.rawValue.lowercased()] else {
                first[id.rawValue.lowercased()] = declaration
                continue
            }
            report(
                place,
                "the calendar \(Excerpt.quoted(id.rawValue)) belongs to \(owner(earlier, "google_calendar_id")) already",
                hint: "give every organization a calendar of its own"
            )
        }
    }

    /// Two organizations may share a Notion database only where each names another of its data sources: otherwise both
    /// would claim the same pages.
    private mutating func refuseSharedPages(_ declarations: [Declaration]) {
        var known: [DatabaseID: [Declaration]] = [:]
        for declaration in declarations {
            guard let id = declaration.organization.notion?.id, let place = declaration.places["notion_database_id"]
            else { continue }
            if let earlier = known[id]?.first(where: { $0.mayShareDataSource(with: declaration) }) {
                let owner = owner(earlier, "notion_database_id")
                report(
                    place,
                    "the Notion database \(Excerpt.quoted(id.rawValue)) belongs to \(owner) already",
                    hint:
                        "give every organization a database of its own, or name different data sources with data_source"
                )
            }
            known[id, default: []].append(declaration)
        }
    }

    private func owner(_ declaration: Declaration, _ key: String) -> String {
        let place = declaration.places[key] ?? declaration.location
        return declaration.prefix.map { "the organization \(Excerpt.quoted($0)) (\(place))" } ?? "the one at \(place)"
    }

    private mutating func report(_ location: SourceLocation, _ message: String, hint: String) {
        diagnostics.append(Diagnostic(location: location, message: message, hint: hint))
    }
}

extension Declaration {
    /// A database with one data source needs no `data_source`, so one without says nothing about which it means.
    fileprivate func mayShareDataSource(with other: Declaration) -> Bool {
        guard let own = organization.dataSource, let others = other.organization.dataSource else { return true }
        return (DataSourceID(parsing: own)?.rawValue ?? own) == (DataSourceID(parsing: others)?.rawValue ?? others)
    }
}
