import ReconcileModel

/// What must hold once defaults are filled in: in each declaration, and between them.
struct DeclarationChecks {
    /// By the place of the file in the list.
    private var mistakes: [Int: [Diagnostic]] = [:]

    private typealias Numbered = (file: Int, declaration: Declaration)

    /// The files with what is wrong in them and between them: what two must not have in common stops both.
    ///
    /// - Parameter files: in their order, which decides who came first.
    static func checked(_ files: [ReadDeclaration]) -> [ReadDeclaration] {
        let checks = DeclarationChecks(
            files.enumerated().compactMap { index, file in file.declaration.map { (index, $0) } }
        )
        return files.enumerated().map { index, file in
            var file = file
            file.mistakes += checks.mistakes[index] ?? []
            return file
        }
    }

    private init(_ declarations: [Numbered]) {
        for declaration in declarations { requireKeys(of: declaration) }
        refuseSharedPrefixes(declarations)
        refuseSharedFormerPrefixes(declarations)
        refuseSharedCalendars(declarations)
        refuseSharedPages(declarations)
    }

    private mutating func requireKeys(of numbered: Numbered) {
        let (file, declaration) = numbered
        if declaration.places["prefix"] == nil {
            report([file], declaration.location, "missing key \"prefix\"", hint: "add one, such as \"prefix: acm\"")
        }
        if declaration.places["name"] == nil {
            report([file], declaration.location, "missing key \"name\"", hint: "add one, such as \"name: ACM\"")
        }
        if let rule = declaration.organization.cancelled {
            requirePassage(of: rule, declaration.organization.filter, in: file)
        }
        if let templates = declaration.organization.templates, templates.property.isEmpty,
            let place = declaration.places["templates"], declaration.places["templates.by"] == nil
        {
            report(
                [file],
                place,
                "missing key \"by\" in \"templates\"",
                hint: "name the property that chooses, such as \"by: Type\""
            )
        }
        guard declaration.organization.isSyncEnabled, declaration.places["notion_database_id"] == nil,
            let place = declaration.places["sync_enabled"]
        else { return }
        report(
            [file],
            place.file == declaration.location.file ? place : declaration.location,
            "missing key \"notion_database_id\", which \"sync_enabled: true\" at \(place) asks for",
            hint: "add the id or the URL of the Notion database"
        )
    }

    /// What the filter leaves out is no event, and nobody would see the prefix.
    private mutating func requirePassage(of rule: CancelledRule, _ filter: EventFilter?, in file: Int) {
        guard case .prefix = rule.treatment, case .rule(let conditions)? = filter else { return }
        for value in rule.values where conditions.verdict(on: value.name, of: rule.property) == false {
            report(
                [file],
                value.source,
                "the filter leaves out \(Excerpt.quoted(value.name)), so that nobody would see the prefix",
                hint: "add \(value.name) to the filter, or write show: remove"
            )
        }
    }

    private mutating func refuseSharedPrefixes(_ declarations: [Numbered]) {
        var first: [String: (file: Int, place: SourceLocation)] = [:]
        for (file, declaration) in declarations {
            guard let prefix = declaration.prefix, let place = declaration.places["prefix"] else { continue }
            guard let earlier = first[prefix] else {
                first[prefix] = (file, place)
                continue
            }
            report(
                [earlier.file, file],
                place,
                "duplicate prefix \(Excerpt.quoted(prefix)), first given at \(earlier.place)",
                hint: "give every organization a prefix of its own"
            )
        }
    }

    /// A former prefix tells whose a calendar is: it can mean one organization only, and none that has it today.
    private mutating func refuseSharedFormerPrefixes(_ declarations: [Numbered]) {
        var current: [String: (file: Int, place: SourceLocation)] = [:]
        for (file, declaration) in declarations {
            guard let prefix = declaration.prefix, current[prefix] == nil else { continue }
            current[prefix] = (file, declaration.places["prefix"] ?? declaration.location)
        }
        var first: [String: (file: Int, place: SourceLocation)] = [:]
        for (file, declaration) in declarations {
            for former in declaration.formerPrefixes {
                let name = Excerpt.quoted(former.prefix)
                if let other = current[former.prefix] {
                    report(
                        [other.file, file],
                        former.location,
                        "the prefix \(name) is in use, given at \(other.place)",
                        hint: "list only prefixes that no organization has any more"
                    )
                } else if let other = first[former.prefix] {
                    report(
                        [other.file, file],
                        former.location,
                        "duplicate former prefix \(name), first given at \(other.place)",
                        hint: "give it to the one organization that had it"
                    )
                } else {
                    first[former.prefix] = (file, former.location)
                }
            }
        }
    }

    private mutating func refuseSharedCalendars(_ declarations: [Numbered]) {
        var first: [String: Numbered] = [:]
        for (file, declaration) in declarations {
            guard let id = declaration.organization.googleCalendar, let place = declaration.places["google_calendar_id"]
            else { continue }
            // Ids are addresses, in which case does not count.
            guard let earlier = first[id.rawValue.lowercased()] else {
                first[id.rawValue.lowercased()] = (file, declaration)
                continue
            }
            let owner = owner(earlier.declaration, "google_calendar_id")
            report(
                [earlier.file, file],
                place,
                "the calendar \(Excerpt.quoted(id.rawValue)) belongs to \(owner) already",
                hint: "give every organization a calendar of its own"
            )
        }
    }

    /// Two organizations may share a Notion database only where each names another of its data sources: otherwise both
    /// would claim the same pages.
    private mutating func refuseSharedPages(_ declarations: [Numbered]) {
        var known: [DatabaseID: [Numbered]] = [:]
        for (file, declaration) in declarations {
            guard let id = declaration.organization.notion?.id, let place = declaration.places["notion_database_id"]
            else { continue }
            let others = known[id, default: []].filter {
                $0.declaration.organization.mayShareDataSource(with: declaration.organization)
            }
            if let earlier = others.first {
                let owner = owner(earlier.declaration, "notion_database_id")
                report(
                    others.map(\.file) + [file],
                    place,
                    "the Notion database \(Excerpt.quoted(id.rawValue)) belongs to \(owner) already",
                    hint:
                        "give every organization a database of its own, or name different data sources with data_source"
                )
            }
            known[id, default: []].append((file, declaration))
        }
    }

    private func owner(_ declaration: Declaration, _ key: String) -> String {
        let place = declaration.places[key] ?? declaration.location
        return declaration.prefix.map { "the organization \(Excerpt.quoted($0)) (\(place))" } ?? "the one at \(place)"
    }

    private mutating func report(_ files: [Int], _ location: SourceLocation, _ message: String, hint: String) {
        let mistake = Diagnostic(location: location, message: message, hint: hint)
        for file in files { mistakes[file, default: []].append(mistake) }
    }
}
