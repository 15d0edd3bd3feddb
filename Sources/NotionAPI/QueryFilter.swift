import JSON

/// Filters of a query, whose groups Notion lets nest at most two levels deep.
///
/// <https://developers.notion.com/reference/filter-data-source-entries#compound-filter-conditions>
enum QueryFilter {
    static let maximumDepth = 2

    /// Only pages created at or after `time`.
    static func created(onOrAfter time: String) -> JSON {
        ["timestamp": "created_time", "created_time": ["on_or_after": .string(time)]]
    }

    /// `filter` and `condition`, without exceeding the depth: a group takes the condition in, and an `or` that already holds
    /// groups is written out, since (a or b) and c is (a and c) or (b and c).
    ///
    /// - Parameter filter: at most two levels deep.
    static func and(_ filter: JSON?, _ condition: JSON) -> JSON {
        guard let filter else { return condition }
        if let members = members(of: filter, in: "and") { return ["and": .array(members + [condition])] }
        guard depth(of: filter) >= maximumDepth, let members = members(of: filter, in: "or") else {
            return ["and": [filter, condition]]
        }
        let branches = members.flatMap { self.members(of: $0, in: "or") ?? [$0] }
        return ["or": .array(branches.map { and($0, condition) })]
    }

    /// 0 for a condition, 1 for a group of conditions, 2 for a group of such groups.
    static func depth(of filter: JSON) -> Int {
        guard let members = members(of: filter, in: "and") ?? members(of: filter, in: "or") else { return 0 }
        return 1 + (members.map(depth).max() ?? 0)
    }

    private static func members(of filter: JSON, in group: String) -> [JSON]? {
        guard case .object(let object) = filter, case .array(let members)? = object[group] else { return nil }
        return members
    }
}
