package import JSON
package import ReconcileModel
import Transport

extension NotionClient {
    /// Calls `receive` with each page of a data source that passes the filter, once per page, by time of creation.
    ///
    /// Only the pages of one answer are held at a time. Pages in the trash are never listed.
    ///
    /// - Parameters:
    ///   - properties: which properties the pages bring; none: all of them.
    ///   - filter: in Notion's own form, at most two levels deep.
    /// - Returns: whether every page was received. Only a complete listing says anything about a page that is not in it.
    /// - Throws: where Notion refuses or breaks its format; and what `receive` throws.
    package func pages(
        of dataSource: DataSourceID,
        properties: [PropertyID],
        filter: JSON? = nil,
        receive: (NotionPage) async throws(NotionError) -> Void
    ) async throws(NotionError) -> ListingCompleteness {
        try Self.check(filter)
        var listing = PageListing()
        var step = PageListing.Step.query(createdFrom: nil, cursor: nil)
        while case .query(let created, let cursor) = step {
            let bounded = created.map { QueryFilter.and(filter, QueryFilter.created(onOrAfter: $0)) } ?? filter
            let answer: QueryAnswer
            do throws(NotionError) {
                answer = try await query(dataSource, properties: properties, filter: bounded, cursor: cursor)
            } catch {
                // Cursors are short-lived. Only the code tells, the wording changes; a first query has no cursor to blame.
                guard case .validation("validation_error", _) = error, cursor != nil,
                    let restart = listing.stepAfterRefusedCursor()
                else { throw error }
                step = restart
                continue
            }
            for page in answer.pages where listing.isNew(page) { try await receive(page) }
            step = listing.step(after: answer)
        }
        guard case .finished(let completeness) = step else { return .incomplete(reason: "the listing did not end") }
        return completeness
    }

    private func query(
        _ dataSource: DataSourceID,
        properties: [PropertyID],
        filter: JSON?,
        cursor: String?
    ) async throws(NotionError) -> QueryAnswer {
        var body: JSON.Members = [
            "page_size": 100,
            "sorts": [["timestamp": "created_time", "direction": "ascending"]],
        ]
        body["filter"] = filter
        body["start_cursor"] = cursor.map { .string($0) }
        return try await answer(
            to: NotionRequest(
                path: "data_sources/\(URLSegment.encoded(dataSource.rawValue))/query",
                query: NotionRequest.filter(properties),
                body: .object(body),
                subject: (.dataSource, dataSource.rawValue)
            )
        )
    }

    private static func check(_ filter: JSON?) throws(NotionError) {
        guard let filter else { return }
        guard case .object = filter else { throw .invalidFilter(reason: "it is not an object") }
        guard filter.filterDepth <= JSON.deepestFilter else {
            throw .invalidFilter(reason: "its groups nest more than \(JSON.deepestFilter) levels deep")
        }
    }
}
