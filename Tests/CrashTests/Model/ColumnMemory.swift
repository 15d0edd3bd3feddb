/// What the state, or without it the marks of events, tell of who decides the texts of an organization's events.
struct ColumnMemory: Sendable {
    /// What an earlier run found.
    enum Decision: Equatable, Sendable {
        case people
        /// A column gave it that had this name; nil: which one is not known.
        case column(String?, named: String)
    }

    /// Without an entry nothing was decided yet.
    private(set) var decisions: [TextField: Decision] = [:]

    /// What becomes of it with the state: marks tell that a column gave a text, and not which.
    mutating func loseState() {
        decisions = decisions.mapValues { decision in
            if case .column(_, let name) = decision { return .column(nil, named: name) }
            return decision
        }
    }

    /// After a run that could read all.
    ///
    /// - Parameters:
    ///   - columns: as they were read.
    ///   - isHeldBack: whether a limit held updates back: then it is not remembered which columns they came from.
    mutating func learn(_ readings: [TextField: ColumnReading], of columns: ModelColumns, isHeldBack: Bool) {
        for (field, reading) in readings {
            switch reading {
            case .column(let id):
                if case .column = decisions[field], isHeldBack { continue }
                let name = columns.columns[id]?.name ?? field.usualColumn
                decisions[field] = .column(isHeldBack ? nil : id, named: name)
            case .people, .unused: decisions[field] = .people
            case .lost, .replaced: continue
            }
        }
    }
}

/// Where a text comes from in the next run.
enum ColumnReading: Equatable, Sendable {
    /// From the column with this id.
    case column(String)
    /// From people.
    case people
    /// From people, although there is a column by its usual name, of which a warning tells.
    case unused
    /// It came from a column that is not there any more: an error.
    case lost
    /// Another column has its name: an error.
    case replaced

    var isError: Bool { self == .lost || self == .replaced }
}

extension ModelColumns {
    /// Where the texts come from in the next run, after what earlier runs decided.
    func readings(_ memory: ColumnMemory) -> [TextField: ColumnReading] {
        Dictionary(uniqueKeysWithValues: TextField.allCases.map { ($0, reading(of: $0, memory)) })
    }

    private func reading(of field: TextField, _ memory: ColumnMemory) -> ColumnReading {
        let usual = usable(field.usualColumn)
        switch declared[field] {
        case .people: return .people
        case .columnWithID(let id): return columns[id]?.presence == .there ? .column(id) : .lost
        case .column(let name): return usable(name).map { reading(of: $0, memory.decisions[field]) } ?? .lost
        case nil: break
        }
        switch memory.decisions[field] {
        case nil: return usual.map { .column($0.id) } ?? .people
        case .people: return usual == nil ? .people : .unused
        case .column: return usual.map { reading(of: $0, memory.decisions[field]) } ?? .lost
        }
    }

    /// Of a column that was found by its name: another one that had this name is not let go of.
    private func reading(of column: ModelColumn, _ decision: ColumnMemory.Decision?) -> ColumnReading {
        guard case .column(let known?, named: column.name)? = decision else { return .column(column.id) }
        return known == column.id ? .column(column.id) : .replaced
    }
}
