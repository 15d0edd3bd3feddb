/// `write_back:` of a declaration: which properties of a page are told what became of its event.
package struct WriteBack: Hashable, Codable, Sendable {
    /// A property that is named, and where.
    package struct Column: Hashable, Codable, Sendable {
        package var name: String
        package var source: SourceLocation

        package init(_ name: String, source: SourceLocation) { (self.name, self.source) = (name, source) }
    }

    /// In the order of `FeedbackField`.
    package private(set) var columns: [FeedbackField: Column] = [:]

    package init() {}

    package subscript(field: FeedbackField) -> Column? {
        get { columns[field] }
        set { columns[field] = newValue }
    }

    /// Every name and id of a property in it.
    package var names: [String] { FeedbackField.allCases.compactMap { columns[$0]?.name } }
}

/// What a page is told of its event; the words are keys of declarations, and fields of changes in the JSON format.
package enum FeedbackField: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    /// The address of the event, in a property of type url.
    case link
    /// What became of it, in words, in a text property.
    case status
}

extension Organization {
    /// What pages are told, and by whom, in a line: as long as it stays, what Notion says to it does.
    package var writeBackWay: String {
        let columns = FeedbackField.allCases.compactMap { field in
            writeBack?[field].map { "\(field.rawValue): \($0.name)" }
        }
        return ([credentials.notion?.name ?? "NOTION_API_KEY"] + columns).joined(separator: "; ")
    }
}
