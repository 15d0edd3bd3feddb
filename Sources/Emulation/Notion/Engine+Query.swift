import Foundation

/// The rows of queries that are being paged through.
struct QueryCache: Sendable {
    private var listings: [String: (serial: Int, pages: [String])] = [:]

    func pages(for query: String, serial: Int) -> [String]? {
        guard let listing = listings[query], listing.serial == serial else { return nil }
        return listing.pages
    }

    mutating func store(_ pages: [String], for query: String, serial: Int) {
        if listings.count >= 16 { listings.removeAll() }
        listings[query] = (serial, pages)
    }
}

/// `POST /v1/data_sources/{id}/query`.
///
/// <https://developers.notion.com/reference/query-a-data-source>
extension Engine {
    mutating func query(_ source: NotionDataSource, _ call: Call, _ caller: NotionCaller) throws(Refusal) -> Answer {
        let body = try notionBody(call)
        if let shown = body["filter_properties"] {
            throw .validation(
                "body failed validation: body.filter_properties should be not present, instead was `\(shown.text)`."
            )
        }
        let size = try NotionPaging.size(body["page_size"])
        let rendering = try PageRendering(
            source: source,
            shown: shownProperties(call),
            caller: caller,
            people: people(caller)
        )
        let question = "\(source.id) \((body["filter"] ?? .null).text) \((body["sorts"] ?? .null).text)"
        let start = try NotionPaging.offset(body["start_cursor"], list: question)
        let rows = try rows(of: source, body, question: question, pageSize: size)

        let limit = min(rows.count, settings.queryRowLimit)
        let end = min(start + size, limit)
        let pages = rows[min(start, end)..<end].compactMap { world.notion.pages[$0] }.map(rendering.text)
        let hasMore = end < limit
        let isComplete = hasMore || rows.count <= settings.queryRowLimit
        let cursor = hasMore ? "\"\(NotionPaging.cursor(end, list: question))\"" : "null"
        let status =
            isComplete
            ? #"{"type":"complete"}"# : #"{"type":"incomplete","incomplete_reason":"query_result_limit_reached"}"#
        let text = #"""
            {"object":"list","results":[\#(pages.joined(separator: ","))],"next_cursor":\#(cursor),\#
            "has_more":\#(hasMore),"type":"page_or_data_source","page_or_data_source":{},"request_status":\#(status)}
            """#
        return Answer(status: 200, body: Array(text.utf8))
    }

    /// `filter_properties` and `filter_properties[]` of the query string.
    func shownProperties(_ call: Call) -> [String] {
        call.parameters("filter_properties") + call.parameters("filter_properties[]")
    }

    /// All rows that match, in order; kept between the pages of one query.
    private mutating func rows(
        of source: NotionDataSource,
        _ body: [String: JSONValue],
        question: String,
        pageSize: Int
    ) throws(Refusal) -> [String] {
        if let known = queries.pages(for: question, serial: world.serial) { return known }
        let filter = try body["filter"].map { value throws(Refusal) in
            try PageFilter(value, source: source, now: now, me: world.notion.users.keys.min() ?? "")
        }
        let order = try PageOrder(body["sorts"], source: source)
        var pages = source.pages.compactMap { world.notion.pages[$0] }.filter { page in
            !page.isInTrash && !page.isGone && !page.isArchived && filter?.matches(page) != false
        }
        order.sort(&pages)
        var ids = pages.map(\.id)
        if let omitted = settings.omittedQueryPage {
            let first = (omitted - 1) * pageSize
            if ids.indices.contains(first) { ids.removeSubrange(first..<min(first + pageSize, ids.count)) }
        }
        queries.store(ids, for: question, serial: world.serial)
        return ids
    }
}

/// Sizes and cursors of Notion's lists.
enum NotionPaging {
    static func size(_ value: JSONValue?) throws(Refusal) -> Int {
        guard let value else { return 100 }
        guard let size = value.int, size >= 1 else {
            throw .validation(
                "body failed validation: body.page_size should be a number ≥ `1`, instead was `\(value.text)`."
            )
        }
        guard size <= 100 else {
            throw .validation("body failed validation: body.page_size should be ≤ `100`, instead was `\(size)`.")
        }
        return size
    }

    static func cursor(_ offset: Int, list: String) -> String {
        Data("\(OpaqueTag.plain(list)) \(offset)".utf8).base64EncodedString()
    }

    static func offset(_ value: JSONValue?, list: String) throws(Refusal) -> Int {
        guard let value, !value.isNull else { return 0 }
        let parts =
            value.string.flatMap { Data(base64Encoded: $0) }
            .map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
        guard parts.count == 2, parts[0] == OpaqueTag.plain(list), let offset = Int(parts[1]) else {
            throw .validation("The start_cursor provided is invalid: \(value.string ?? value.text)")
        }
        return offset
    }
}
