import ReconcileModel

/// All that is wrong, gathered on the way: one mistake does not hide the next.
struct Problems {
    let isKnownTimeZone: (String) -> Bool
    private(set) var diagnostics: [Diagnostic] = []

    init(isKnownTimeZone: @escaping (String) -> Bool) { self.isKnownTimeZone = isKnownTimeZone }

    mutating func note(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// - Returns: nil where it could not be read, which is noted.
    mutating func value<Value>(_ read: () throws(Diagnostic) -> Value) -> Value? {
        do throws(Diagnostic) {
            return try read()
        } catch {
            diagnostics.append(error)
            return nil
        }
    }

    /// The entries of a mapping that are known and supported; the others are noted.
    mutating func entries(of field: Field, _ rows: [KeyRow]) -> [(row: KeyRow, field: Field)]? {
        var unknown: [Diagnostic] = []
        let entries = value { () throws(Diagnostic) in try field.entries(rows, reporting: &unknown) }
        diagnostics += unknown
        return entries
    }
}
