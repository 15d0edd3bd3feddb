package import JSON

/// A filter in Notion's own form.
///
/// <https://developers.notion.com/reference/filter-data-source-entries>
package struct RawFilter: Hashable, Codable, Sendable {
    package var filter: JSON
    /// Where it stands.
    package var source: SourceLocation

    package init(_ filter: JSON, source: SourceLocation) { (self.filter, self.source) = (filter, source) }
}

extension RawFilter {
    /// What one condition asks for by name.
    package struct Condition: Hashable, Sendable {
        package var property: String
        /// Of a select, status or multi-select.
        package var options: [String]
    }

    /// All conditions that ask for a property, in their order.
    package var conditions: [Condition] { filter.parts.compactMap(\.condition) }

    /// Whether one of them asks when pages were edited.
    package var asksForEditTime: Bool {
        filter.parts.contains { part in
            guard case .object(let object) = part else { return false }
            return object["timestamp"] == "last_edited_time"
        }
    }
}

extension JSON {
    /// A filter, and all that its groups hold.
    fileprivate var parts: [JSON] {
        [self] + ["and", "or"].flatMap { filterMembers(of: $0) ?? [] }.flatMap(\.parts)
    }

    fileprivate var condition: RawFilter.Condition? {
        guard case .object(let object) = self, case .string(let property)? = object["property"] else { return nil }
        let options = ["select", "status", "multi_select"].flatMap { type -> [String] in
            guard case .object(let test)? = object[type] else { return [] }
            return test.flatMap(\.value.texts)
        }
        return RawFilter.Condition(property: property, options: options)
    }
}

extension JSON {
    /// A text, or those of a list.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let values): values.flatMap(\.texts)
        case .null, .bool, .integer, .number, .object: []
        }
    }
}

/// The form of filters, whose groups Notion lets nest at most two levels deep.
///
/// <https://developers.notion.com/reference/filter-data-source-entries#compound-filter-conditions>
extension JSON {
    package static let deepestFilter = 2

    /// 0 for a condition, 1 for a group of conditions, 2 for a group of such groups.
    package var filterDepth: Int {
        guard let members = filterMembers(of: "and") ?? filterMembers(of: "or") else { return 0 }
        return 1 + (members.map(\.filterDepth).max() ?? 0)
    }

    /// The members of a group, `and` or `or`; nil for everything else.
    package func filterMembers(of group: String) -> [JSON]? {
        guard case .object(let object) = self, case .array(let members)? = object[group] else { return nil }
        return members
    }
}
