/// What the mapping of one page did, step by step: by it people are told why the page's event is as it is, or why it has none.
package struct MappingTrace: Hashable, Codable, Sendable {
    /// In the order in which they were taken; the last one of a subject holds.
    package internal(set) var steps: [MappingStep] = []

    package init() {}
}

/// One step: what it read, and what it made of that.
package struct MappingStep: Hashable, Codable, Sendable {
    package enum Subject: String, Codable, Sendable {
        /// Whether the page is in the trash or archived.
        case place
        case filter, cancelled, title, date, template, time, location, description, recurrence, window
        /// Something that cannot be read ends the mapping.
        case invalid
    }

    package var subject: Subject
    /// In the order of the declaration.
    package var inputs: [MappingInput]
    /// What came of it; nil: nothing, or it was not finished.
    package internal(set) var result: String?
    /// How that came about: settings of a template, parts of a pattern that were left out.
    package internal(set) var remarks: [String] = []

    init(_ subject: Subject, _ inputs: [MappingInput]) { (self.subject, self.inputs) = (subject, inputs) }
}

/// A property that a step read.
package struct MappingInput: Hashable, Codable, Sendable {
    package var property: String
    /// As Notion gave it; nil: empty.
    package var value: String?
    /// What a condition of the filter asked of it: `in [Confirmed, Public]`.
    package var asked: String?
    /// Whether that holds: `yes`, `no`, or why nobody can tell.
    package var answer: String?

    init(_ property: String, _ value: String?) { (self.property, self.value) = (property, value) }
}
