import ReconcileModel

/// What one file says, defaults filled in, and where each value stands.
struct Declaration {
    /// Where the file's mapping begins.
    let location: SourceLocation
    /// Where the value of each key stands that is given at all, rightly or wrongly; by path: `calendar.name`.
    var places: [String: SourceLocation] = [:]
    /// With prefix and name empty where the file gives none.
    var organization: Organization
    /// In the order of the file, each with its place.
    var formerPrefixes: [(prefix: String, location: SourceLocation)] = []

    /// - Parameter timeZone: of the environment; nil: none.
    init(location: SourceLocation, timeZone: String?) {
        self.location = location
        organization = Organization(prefix: "", name: "", source: location)
        organization.timeZone = timeZone ?? organization.timeZone
        organization.isTimeZoneNamed = timeZone != nil
    }

    /// Nil where none was given rightly.
    var prefix: String? { organization.prefix.isEmpty ? nil : organization.prefix }

    /// Whether it has all without which it is no organization.
    var isComplete: Bool { prefix != nil && !organization.name.isEmpty }

    /// What it comes to, key by key.
    ///
    /// - Parameter hasDefaultTimeZone: whether the environment names a time zone.
    func explanation(hasDefaultTimeZone: Bool) -> DeclarationExplanation {
        let rows = KeyTable.rows.flatMap(\.leaves)
        return DeclarationExplanation(
            organization: organization,
            entries: rows.map { row in
                let path = row.key.path
                let standard: DeclarationExplanation.Origin =
                    row.key.value == .timeZone && hasDefaultTimeZone ? .variable("TIMEZONE") : .standard
                return DeclarationExplanation.Entry(
                    key: path,
                    value: row.effective(organization),
                    origin: places[path].map { .file($0) } ?? standard
                )
            }
        )
    }
}
