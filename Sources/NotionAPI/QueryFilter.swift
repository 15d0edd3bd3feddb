import JSON
import ReconcileModel

/// Filters of a query, whose groups Notion lets nest at most two levels deep.
///
/// <https://developers.notion.com/reference/filter-data-source-entries#compound-filter-conditions>
enum QueryFilter {
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
        if let members = filter.filterMembers(of: "and") { return ["and": .array(members + [condition])] }
        guard filter.filterDepth >= JSON.deepestFilter, let members = filter.filterMembers(of: "or") else {
            return ["and": [filter, condition]]
        }
        let branches = members.flatMap { $0.filterMembers(of: "or") ?? [$0] }
        return ["or": .array(branches.map { and($0, condition) })]
    }
}
