package import NotionAPI
package import ReconcileModel

/// The properties of pages that are told what became of their events, found in the schema.
package struct FeedbackColumns: Hashable, Sendable {
    package private(set) var columns: [FeedbackField: PropertySchema] = [:]

    /// - Parameter read: properties that events are made of: what is written there would come back.
    /// - Throws: where one does not exist, has another type, or is read.
    init(_ declared: WriteBack, _ lookup: PropertyLookup, read: [PropertySchema]) throws(Failure) {
        for field in FeedbackField.allCases {
            guard let named = declared[field] else { continue }
            let column = try lookup.asked(
                named.name,
                at: named.source,
                among: [field.type],
                unfit: "into which write_back.\(field.rawValue) cannot be written"
            )
            guard !read.contains(where: { $0.id == column.id }) else {
                throw Failure(
                    code: "property_conflict",
                    message:
                        "\(named.source): write_back.\(field.rawValue) writes into the property \"\(column.name)\", from which events "
                        + "are made; nothing was changed.",
                    hint: "Add a property to the database for it, and name that."
                )
            }
            columns[field] = column
        }
    }

    /// In the order of their fields.
    var all: [PropertySchema] { FeedbackField.allCases.compactMap { columns[$0] } }

    /// By which they are written.
    package var names: [FeedbackField: String] { columns.mapValues(\.name) }

    /// What stands there; what cannot be read is as good as nothing.
    func values(of page: NotionPage) -> [FeedbackField: String] {
        columns.compactMapValues { column in
            page.value(of: column.id).flatMap { PropertyText(form: .plain).text(of: $0) }
        }
    }
}

extension FeedbackField {
    fileprivate var type: PropertyType {
        switch self {
        case .link: .url
        case .status: .richText
        }
    }
}
