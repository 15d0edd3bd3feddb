import NotionAPI
import ReconcileModel

/// Whether a column has the values that rules of a declaration name.
extension PropertyLookup {
    /// - Parameters:
    ///   - place: where the value is named.
    ///   - asker: who wants it, before it: a clause.
    ///   - isExact: whether case counts: how Notion compares is not known.
    /// - Throws: where the column has options and none of that name, or is a checkbox. An option that somebody renamed must never
    ///   take events away.
    func check(
        _ name: String,
        of column: PropertySchema,
        at place: SourceLocation,
        asker: String,
        isExact: Bool = false
    ) throws(Failure) {
        switch column.type {
        case .select, .status, .multiSelect:
            try checkOption(name, of: column, at: place, asker: asker, isExact: isExact)
        case .checkbox where !["true", "false"].contains(name.lowercased()):
            throw Failure(
                code: "property_value",
                message: "\(place): the property \"\(column.name)\" is a checkbox, and \(asker) \"\(name)\".",
                hint: "Write true or false."
            )
        default: break
        }
    }

    private func checkOption(
        _ name: String,
        of column: PropertySchema,
        at place: SourceLocation,
        asker: String,
        isExact: Bool
    ) throws(Failure) {
        guard !(isExact ? column.options.contains(name) : column.hasOption(name)) else { return }
        let near = NameDistance.nearest(to: name, among: column.options).map { "Did you mean \"\($0)\"? " } ?? ""
        let names = column.options.prefix(20).map { "\"\($0)\"" }
        let more = column.options.count > names.count ? " and \(column.options.count - names.count) more" : ""
        let options = names.isEmpty ? "It has none" : "It has \(names.joined(separator: ", "))\(more)"
        throw Failure(
            code: "property_option_missing",
            message:
                "\(place): the property \"\(column.name)\" has no option \"\(name)\", which \(asker); nothing was "
                + "changed.",
            hint: "\(near)\(options); an option that was renamed must be renamed in the declaration, too."
        )
    }
}
