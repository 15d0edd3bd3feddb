import Emulation
import TestSupport

/// People who change the columns of their databases, and what the declarations say of them.
extension People {
    /// Now and then does something to the columns of an organization.
    mutating func changeColumns(of index: Int, _ world: inout World) {
        guard random.chance(40), let field = TextField.allCases.randomElement(using: &random) else { return }
        let reading = organizations[index].columns.readings(organizations[index].memory)[field]
        switch reading {
        case .lost, .replaced: if random.chance(40) { mend(field, of: index, &world) }
        case .unused: if random.chance(50) { declare(field, of: index, &world) }
        case .people: gain(field, of: index, &world)
        case .column: if random.chance(50) { lose(field, of: index, &world) } else { replace(field, of: index, &world) }
        case nil: return
        }
    }

    /// Mends what is an error, so that a run can go on.
    mutating func mendColumns(_ world: inout World) {
        for index in organizations.indices {
            for field in TextField.allCases {
                let reading = organizations[index].columns.readings(organizations[index].memory)[field]
                if reading?.isError == true { mend(field, of: index, &world) }
            }
        }
    }

    /// A column by the usual name appears.
    private mutating func gain(_ field: TextField, of index: Int, _ world: inout World) {
        let (own, other) = ModelColumns.ids(of: field)
        let id = random.chance(50) ? own : other
        organizations[index].editColumns(in: &world) { columns in
            guard columns.isFree(field.usualColumn) else { return }
            columns.edit(id) { ($0.name, $0.presence) = (field.usualColumn, .there) }
        }
    }

    /// The column that gives a text goes, in one of the ways in which columns go.
    private mutating func lose(_ field: TextField, of index: Int, _ world: inout World) {
        let presence = ModelColumn.Presence.allCases.randomElement(using: &random) ?? .there
        let name = "Former \(field.rawValue) \(Int.random(in: 0..<100, using: &random))"
        organizations[index].editColumns(in: &world) { columns in
            guard let given = columns.given(field), columns.isFree(name) else { return }
            columns.edit(given) { column in
                if presence == .there { column.name = name } else { column.presence = presence }
            }
        }
    }

    /// The column that gives a text is called otherwise, and another one gets its name.
    private mutating func replace(_ field: TextField, of index: Int, _ world: inout World) {
        let (own, other) = ModelColumns.ids(of: field)
        let name = "Former \(field.rawValue) \(Int.random(in: 100..<200, using: &random))"
        organizations[index].editColumns(in: &world) { columns in
            guard let given = columns.given(field), let column = columns.columns[given], columns.isFree(name) else {
                return
            }
            columns.edit(given) { $0.name = name }
            columns.edit(given == own ? other : own) { ($0.name, $0.presence) = (column.name, .there) }
        }
    }

    /// People put everything back, or write the line that the error names.
    private mutating func mend(_ field: TextField, of index: Int, _ world: inout World) {
        guard random.chance(50) else { return declare(field, of: index, &world) }
        let (own, other) = ModelColumns.ids(of: field)
        let memory = organizations[index].memory
        organizations[index].editColumns(in: &world) { columns in
            var name = columns.declaredName(of: field) ?? field.usualColumn
            var wanted = own
            if case .column(let known?, _) = memory.decisions[field] { wanted = known }
            if case .columnWithID(let id)? = columns.declared[field] {
                (wanted, name) = (id, columns.columns[id]?.name ?? name)
            }
            let rest = wanted == own ? other : own
            columns.edit(rest) { column in
                if column.name == name { column.name = "Aside" }
            }
            columns.edit(wanted) { ($0.name, $0.presence) = (name, .there) }
        }
    }

    /// The declaration says which column gives a text, or that none does.
    private mutating func declare(_ field: TextField, of index: Int, _ world: inout World) {
        let (own, other) = ModelColumns.ids(of: field)
        let (isLeft, isOther) = (random.chance(30), random.chance(50))
        let decision = organizations[index].memory.decisions[field]
        organizations[index].editColumns(in: &world) { columns in
            let usable = [own, other].compactMap { columns.columns[$0] }.filter { $0.presence == .there }
            let chosen = isOther ? usable.last : usable.first
            columns.declared[field] = isLeft ? .people : chosen.map { .naming($0, after: decision) } ?? .people
        }
    }
}

extension ModelColumns {
    /// The column that gives a text by its name, whatever was decided before.
    fileprivate func given(_ field: TextField) -> String? {
        if case .columnWithID(let id)? = declared[field] { return columns[id]?.presence == .there ? id : nil }
        return usable(declaredName(of: field) ?? field.usualColumn)?.id
    }

    fileprivate func declaredName(of field: TextField) -> String? {
        if case .column(let name)? = declared[field] { return name }
        return nil
    }
}

extension ModelColumns.Declared {
    /// As the errors say: by the name, or by the id of a column that has the name of another.
    fileprivate static func naming(_ column: ModelColumn, after decision: ColumnMemory.Decision?) -> Self {
        guard case .column(let known?, named: column.name)? = decision, known != column.id else {
            return .column(column.name)
        }
        return .columnWithID(column.id)
    }
}
