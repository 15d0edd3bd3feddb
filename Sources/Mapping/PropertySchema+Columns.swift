import NotionAPI

extension PropertySchema {
    /// What it gives is known from its values alone.
    var isComputed: Bool { type == .formula || type == .rollup }

    /// Whether it has an option of this name, without regard to case.
    func hasOption(_ name: String) -> Bool {
        options.contains(name) || options.contains { $0.lowercased() == name.lowercased() }
    }
}

extension [PropertySchema] {
    /// Each property once, where it is first.
    var unique: [PropertySchema] {
        reduce(into: []) { columns, column in
            if !columns.contains(where: { $0.id == column.id }) { columns.append(column) }
        }
    }
}
