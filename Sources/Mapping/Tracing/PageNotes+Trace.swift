import NotionAPI
import ReconcileModel

// What each step did is noted where somebody asks for it. Where nobody does, nothing is computed for it.
extension PageNotes {
    /// A step begins, and reads these properties.
    mutating func begin(
        _ subject: MappingStep.Subject,
        _ columns: @autoclosure () -> [PropertySchema],
        _ values: PageValues
    ) {
        trace?.steps.append(MappingStep(subject, columns().map { values.input($0) }))
    }

    /// A step begins that reads nothing further.
    mutating func begin(_ subject: MappingStep.Subject) { trace?.steps.append(MappingStep(subject, [])) }

    /// What came of the step that began last.
    mutating func end(_ result: @autoclosure () -> String?) {
        guard let last = trace?.steps.indices.last else { return }
        trace?.steps[last].result = result()
    }

    mutating func remark(_ text: @autoclosure () -> String) {
        guard let last = trace?.steps.indices.last else { return }
        trace?.steps[last].remarks.append(text())
    }

    mutating func remark(_ texts: @autoclosure () -> [String]?) {
        guard let last = trace?.steps.indices.last else { return }
        trace?.steps[last].remarks += texts() ?? []
    }

    /// Takes what is left out, where somebody asks for that.
    var emptyList: [String]? { trace == nil ? nil : [] }

    /// A step that reads a text.
    mutating func text(
        _ subject: MappingStep.Subject,
        _ source: TextSource,
        as form: PropertyText.Form,
        in values: PageValues
    ) throws(Problem) -> String? {
        begin(subject, source.columns, values)
        if case .pattern(let pattern) = source { remark("by the pattern \(pattern.name)") }
        var leftOut = emptyList
        let text = try values.text(of: source, as: form, leftOut: &leftOut)
        remark(leftOut?.map { "\($0) is left out: its properties are empty" })
        return text
    }

    /// What the filter said, with the answer to each of its conditions.
    mutating func note(_ filter: PageFilter?, _ verdict: FilterVerdict?, _ values: PageValues, _ days: FilterDays) {
        guard trace != nil, let filter, let verdict else { return }
        var step = MappingStep(
            .filter,
            filter.tests.map { column, test in
                var input = values.input(column)
                input.asked = "\(test)"
                input.answer = ColumnTest(column: column, days: days).verdict(of: test, values).answer
                return input
            }
        )
        switch verdict {
        case .passes: step.result = "takes the page"
        case .fails(let facts):
            step.result = "leaves the page out"
            step.remarks = facts.map(\.description)
        // The step that ends the mapping says why.
        case .unknown: break
        }
        trace?.steps.append(step)
    }
}

extension FilterVerdict {
    fileprivate var answer: String {
        switch self {
        case .passes: "yes"
        case .fails: "no"
        case .unknown(let problem): PageNotes.sentence(of: problem)
        }
    }
}

extension PageFilter {
    /// Its conditions, in the order of the declaration.
    fileprivate var tests: [(column: PropertySchema, test: FilterTest)] {
        switch self {
        case .all(let filters), .any(let filters): filters.flatMap(\.tests)
        case .not(let filter): filter.tests
        case .test(let column, let test): [(column, test)]
        }
    }
}

extension PageValues {
    fileprivate func input(_ column: PropertySchema) -> MappingInput {
        MappingInput(column.name, page.value(of: column.id).map(RawText.text) ?? "not in Notion's answer")
    }
}

extension MappingStep.Subject {
    static func text(_ field: EventField) -> MappingStep.Subject { field == .location ? .location : .description }
}

extension CancelledRule.Treatment {
    var words: String {
        switch self {
        case .remove: "its event goes"
        case .prefix(let prefix): "\"\(prefix)\" comes before its title, and it is not busy"
        }
    }
}

extension EventTemplate {
    /// Its settings, as declarations write them.
    var told: [String] {
        let texts = [
            duration.map { "duration: \(DurationText.text($0))" }, location.map { "location: \($0)" },
            title.map { "title: \($0.text)" }, description.map { "description: \($0.text)" },
        ]
        let settings = values.sorted { $0.key < $1.key }.map { field, value in
            "\(field.rawValue): \(value.text ?? field.standard ?? "none")"
        }
        return texts.compactMap(\.self) + settings
    }
}
