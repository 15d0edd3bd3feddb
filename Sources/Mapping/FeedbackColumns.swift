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
            columns[field] = column
        }
        for column in read { try check(column, declared, PropertySources(source: lookup.source)) }
    }

    /// What is written, and when a page was edited, must not come back as what events are made of.
    private func check(
        _ column: PropertySchema,
        _ declared: WriteBack,
        _ sources: PropertySources
    ) throws(Failure) {
        for (field, own) in columns.sorted(by: { $0.value.name < $1.value.name }) {
            guard let place = declared[field]?.source else { continue }
            if sources.origin(of: column, where: { $0.id == own.id }) != nil {
                let way = column.id == own.id ? "" : ", which \"\(column.name)\" is computed from"
                throw Failure(
                    code: "property_conflict",
                    message:
                        "\(place): write_back.\(field.rawValue) writes into the property \"\(own.name)\", from which events are "
                        + "made\(way); nothing was changed.",
                    hint: "Add a property to the database for it, and name that."
                )
            }
            let edited: [PropertyType] = [.lastEditedTime, .lastEditedBy]
            if let origin = sources.origin(of: column, where: { edited.contains($0.type) }) {
                throw Failure(
                    code: "property_conflict",
                    message:
                        "\(place): write_back moves the time at which a page was edited, and events are made from \"\(origin.name)\", "
                        + "which tells it; nothing was changed.",
                    hint: "Take write_back out, or make events from other properties."
                )
            }
        }
    }

    /// A filter of Notion's own that goes by when pages were edited.
    static func editTime(_ raw: RawFilter) -> Failure {
        Failure(
            code: "property_conflict",
            message:
                "\(raw.source): the filter asks when pages were edited, and write_back moves that; nothing was changed.",
            hint: "Take write_back out, or ask for something else."
        )
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
