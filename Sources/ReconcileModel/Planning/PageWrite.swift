/// What a page is told of its event.
package struct PageWrite: Hashable, Codable, Sendable {
    package var page: PageID
    package var title: String
    /// What is written, in the order of the fields; what is not named stays.
    package var values: [FeedbackField: Value]

    /// One of its properties.
    package struct Value: Hashable, Codable, Sendable {
        package var before: String?
        package var after: After

        package init(_ before: String?, _ after: After) { (self.before, self.after) = (before, after) }
    }

    package enum After: Hashable, Codable, Sendable {
        /// Nil: it is emptied.
        case text(String?)
        /// The address of an event that this very run makes.
        case address

        package var text: String? {
            switch self {
            case .text(let text): text
            case .address: "known after apply"
            }
        }
    }

    package init(page: PageID, title: String, values: [FeedbackField: Value]) {
        (self.page, self.title, self.values) = (page, title, values)
    }

    /// Whether it would replace what people wrote.
    package var replacesTexts: Bool {
        values.contains { field, value in
            value.before.map { !PageFeedback.isOurs($0, in: field) } ?? false
        }
    }

    package var fieldChanges: [FieldChange] {
        FeedbackField.allCases.compactMap { field in
            values[field].map { FieldChange(field.rawValue, $0.before, $0.after.text) }
        }
    }
}
