package import NotionAPI
package import ReconcileModel

/// A filter whose properties were found in the schema.
package indirect enum PageFilter: Hashable, Sendable {
    case all([PageFilter])
    case any([PageFilter])
    case not(PageFilter)
    case test(PropertySchema, FilterTest)

    /// The properties that it asks, each once, in the order of the declaration.
    var columns: [PropertySchema] {
        switch self {
        case .all(let filters), .any(let filters):
            filters.flatMap(\.columns).unique
        case .not(let filter): filter.columns
        case .test(let column, _): [column]
        }
    }
}

/// What a filter says of one page.
enum FilterVerdict {
    /// `facts`: what decided.
    case passes([FilterFact])
    case fails([FilterFact])
    /// What it asks was not shown to us.
    case unknown(PageNotes.Problem)
}

/// A value that a filter went by.
package struct FilterFact: Hashable, Sendable {
    package var property: String
    package var value: PropertyValue
}

extension FilterFact: CustomStringConvertible {
    /// `Status is Draft`, `Speaker is empty`.
    package var description: String {
        "\(property) is \(PropertyText(form: .plain).text(of: value) ?? Self.textless(value) ?? "empty")"
    }

    private static func textless(_ value: PropertyValue) -> String? {
        switch value {
        case .relation(let pages, _) where !pages.isEmpty: counted(pages.count, "page")
        case .files(let files) where !files.isEmpty: counted(files.count, "file")
        default: nil
        }
    }
}

extension PageFilter {
    /// True, false or unknown, as Kleene combines them: what is unknown does not matter where the rest decides.
    ///
    /// - Parameter days: of the organization.
    func verdict(of values: PageValues, _ days: FilterDays) -> FilterVerdict {
        switch self {
        case .all(let filters): Self.combined(filters, isAll: true) { $0.verdict(of: values, days) }
        case .any(let filters): Self.combined(filters, isAll: false) { $0.verdict(of: values, days) }
        case .not(let filter):
            switch filter.verdict(of: values, days) {
            case .passes(let facts): .fails(facts)
            case .fails(let facts): .passes(facts)
            case .unknown(let problem): .unknown(problem)
            }
        case .test(let column, let test): ColumnTest(column: column, days: days).verdict(of: test, values)
        }
    }

    private static func combined(
        _ filters: [PageFilter],
        isAll: Bool,
        _ verdict: (PageFilter) -> FilterVerdict
    ) -> FilterVerdict {
        var problem: PageNotes.Problem?
        var facts: [FilterFact] = []
        for filter in filters {
            switch verdict(filter) {
            case .passes(let found):
                if !isAll { return .passes(found) }
                facts += found
            case .fails(let found):
                if isAll { return .fails(found) }
                facts += found
            case .unknown(let found): problem = problem ?? found
            }
        }
        if let problem { return .unknown(problem) }
        return isAll ? .passes(facts) : .fails(facts)
    }
}
