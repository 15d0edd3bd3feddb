import JSON
import ReconcileModel

/// Whether a listing holds every page that its data source has.
package enum ListingCompleteness: Hashable, Sendable {
    case complete
    /// Pages may be missing: what is absent from the listing may exist. `reason` is a clause without a full stop.
    case incomplete(reason: String)
}

/// The answer to one query.
struct QueryAnswer: Decodable {
    let pages: [NotionPage]
    let hasMore: Bool
    let nextCursor: String?
    let status: Status?

    struct Status: Decodable {
        let type: String
        let reason: String?

        private enum CodingKeys: String, CodingKey {
            case type
            case reason = "incomplete_reason"
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        pages = try container.decode([Row].self, forKey: "results").compactMap(\.page)
        hasMore = try container.decode(Bool.self, forKey: "has_more")
        nextCursor = try container.decodeIfPresent(String.self, forKey: "next_cursor")
        status = try container.decodeIfPresent(Status.self, forKey: "request_status")
    }

    /// Rows of a wiki can be data sources: these are no pages.
    private struct Row: Decodable {
        let page: NotionPage?

        init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: JSONKey.self).value(String.self, "object")
            page = object == nil || object == "page" ? try NotionPage(from: decoder) : nil
        }
    }
}

/// Decides what to ask next while a data source is listed, and whether the listing may be called complete.
///
/// A query ends at 10,000 rows. Pages come sorted by creation, which never changes, so that the next slice can begin where
/// the last one ended.
/// <https://developers.notion.com/guides/data-apis/query-large-data-sources>
struct PageListing {
    enum Step: Equatable {
        /// - Parameters:
        ///   - createdFrom: the least creation time of the slice; nil in the first one.
        ///   - cursor: nil at the beginning of the slice.
        case query(createdFrom: String?, cursor: String?)
        case finished(ListingCompleteness)
    }

    static let rowLimitReason = "query_result_limit_reached"
    /// Answers in sequence that brought nothing new, each naming a further one, after which the listing is given up.
    private static let patience = 100

    private var seen: Set<PageID> = []
    /// Of this slice alone: one that begins anew repeats pages that were seen before.
    private var seenInSlice: Set<PageID> = []
    private var createdFrom: String?
    private var cursors: Set<String> = []
    private var lastCreated: String?
    private var isSorted = true
    private var fruitlessAnswers = 0
    /// Why rows of this slice are missing, where an answer said so.
    private var cutReason: String?
    /// How many pages were seen when a refused cursor was last overcome.
    private var seenAtRestart: Int?

    /// True once for each page: rows can come twice when a slice begins, and when pages change meanwhile.
    mutating func isNew(_ page: NotionPage) -> Bool { seen.insert(page.id).inserted }

    mutating func step(after answer: QueryAnswer) -> Step {
        note(answer)
        guard answer.hasMore else { return stepAfterSlice() }
        guard let cursor = answer.nextCursor else { return .incomplete("there is more, but no cursor to get it") }
        guard cursors.insert(cursor).inserted else { return .incomplete("a cursor was given twice") }
        guard fruitlessAnswers < Self.patience else { return .incomplete("answers went on without any new page") }
        return .query(createdFrom: createdFrom, cursor: cursor)
    }

    /// Where to go on when a cursor was refused: at the beginning of the slice, as long as that brings new pages.
    mutating func stepAfterRefusedCursor() -> Step? {
        if let seenAtRestart, seen.count <= seenAtRestart { return nil }
        seenAtRestart = seen.count
        beginSlice(from: createdFrom)
        return .query(createdFrom: createdFrom, cursor: nil)
    }

    private mutating func note(_ answer: QueryAnswer) {
        let seenBefore = seenInSlice.count
        seenInSlice.formUnion(answer.pages.lazy.map(\.id))
        fruitlessAnswers = seenInSlice.count == seenBefore ? fruitlessAnswers + 1 : 0
        for created in answer.pages.lazy.compactMap(\.createdTime) {
            // All times have one form, so that their texts order as they do.
            if let lastCreated, created < lastCreated { isSorted = false }
            lastCreated = created
        }
        if let status = answer.status, status.type != "complete" { cutReason = status.reason ?? "unknown reason" }
    }

    private mutating func stepAfterSlice() -> Step {
        guard let reason = cutReason else { return .finished(.complete) }
        guard reason == Self.rowLimitReason else { return .incomplete("Notion left pages out (\(reason))") }
        guard isSorted else { return .incomplete("Notion's row limit was reached and pages came unsorted") }
        // Not later: also of a server that does not heed the bound, and would begin again and again.
        guard let lastCreated, createdFrom.map({ lastCreated > $0 }) ?? true else {
            return .incomplete("Notion's row limit was reached by pages created in one minute")
        }
        beginSlice(from: lastCreated)
        return .query(createdFrom: lastCreated, cursor: nil)
    }

    private mutating func beginSlice(from created: String?) {
        (createdFrom, lastCreated, isSorted, cutReason, fruitlessAnswers) = (created, nil, true, nil, 0)
        (cursors, seenInSlice) = ([], [])
    }
}

extension PageListing.Step {
    fileprivate static func incomplete(_ reason: String) -> PageListing.Step { .finished(.incomplete(reason: reason)) }
}
