import NotionAPI
import ReconcileModel

/// How a page says that it is called off, the property found in the schema.
package struct PageCancellation: Hashable, Sendable {
    let column: PropertySchema
    let treatment: CancelledRule.Treatment
    private let values: Set<String>

    private static let fitting: [PropertyType] = [.select, .status, .multiSelect, .checkbox]

    /// - Throws: where the property or one of the values does not exist, or it cannot say so.
    init(_ rule: CancelledRule, _ lookup: PropertyLookup) throws(Failure) {
        column = try lookup.asked(
            rule.property,
            at: rule.source,
            among: Self.fitting,
            unfit: "which cannot say that a page is cancelled"
        )
        for value in rule.values {
            try lookup.check(value.name, of: column, at: value.source, asker: "`cancelled` names")
        }
        treatment = rule.treatment
        values = Set(rule.values.map { $0.name.lowercased() })
    }

    func isCancelled(_ page: PageValues) throws(PageNotes.Problem) -> Bool {
        try page.words(of: column).contains { values.contains($0.lowercased()) }
    }
}
