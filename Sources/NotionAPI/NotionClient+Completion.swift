import JSON
import ReconcileModel
import Transport

extension NotionClient {
    /// Answers for one value, a hundred items in each, after which it is given up.
    private static let answerLimit = 1_000

    /// The page with the whole value of each of `properties` that Notion had cut; a request only where one was.
    package func completedPage(
        _ page: NotionPage,
        properties: [PropertyID]
    ) async throws(NotionError) -> NotionPage {
        var page = page
        for (name, property) in page.properties where properties.contains(property.id) && property.value.mayBeCut {
            page.properties[name]?.value = try await wholeValue(of: property, in: page.id)
        }
        return page
    }

    /// <https://developers.notion.com/reference/retrieve-a-page-property>
    private func wholeValue(
        of property: PageProperty,
        in page: PageID
    ) async throws(NotionError) -> PropertyValue {
        let segment = URLSegment.encoded(page.rawValue)
        let path = "pages/\(segment)/properties/\(PercentEncoding.pathSegment(property.id.written))"
        var items: [PropertyValue] = []
        var cursors: Set<String> = []
        var cursor: String?
        for _ in 0..<Self.answerLimit {
            let query = [("page_size", "100")] + (cursor.map { [("start_cursor", $0)] } ?? [])
            let answer: PropertyItems = try await answer(
                to: NotionRequest(path: path, query: query, subject: (.page, page.rawValue))
            )
            items += answer.items
            guard answer.hasMore else { return property.value.replaced(by: items, aggregate: answer.aggregate) }
            guard let next = answer.nextCursor, cursors.insert(next).inserted else {
                throw .malformedAnswer(location: path, reason: "next_cursor is missing or was given twice")
            }
            cursor = next
        }
        throw .malformedAnswer(location: path, reason: "the list does not end")
    }
}

extension PropertyValue {
    /// Notion resolves at most this many references of one value in a page.
    private static let referenceLimit = 25

    fileprivate var mayBeCut: Bool {
        switch self {
        case .title(let text), .richText(let text): text.mentions >= Self.referenceLimit
        case .people(let people): people.count >= Self.referenceLimit
        case .relation(let pages, let hasMore): hasMore ?? (pages.count >= Self.referenceLimit)
        case .rollup(.array(let values)): values.count >= Self.referenceLimit
        case .rollup(.incomplete): true
        default: false
        }
    }

    /// This value, made of the items of the property endpoint instead.
    ///
    /// - Parameter aggregate: what a rollup amounts to; its type tells whether the items are the value.
    fileprivate func replaced(by items: [PropertyValue], aggregate: RollupValue?) -> PropertyValue {
        switch self {
        case .title: made(of: items.map(\.titleText)) { .title(Self.joined($0)) }
        case .richText: made(of: items.map(\.plainText)) { .richText(Self.joined($0)) }
        case .people: made(of: items.map(\.users)) { .people(Array($0.joined())) }
        case .relation: made(of: items.map(\.pages)) { .relation(Array($0.joined()), hasMore: false) }
        case .rollup: wholeRollup(of: items, aggregate: aggregate)
        default: self
        }
    }

    /// The whole of `parts`; malformed where one of them is of another type, or where there are none of a value that
    /// was cut. To leave a part out would shorten what an event shows, and nobody would notice.
    private func made<Part>(of parts: [Part?], _ whole: ([Part]) -> PropertyValue) -> PropertyValue {
        let fitting = parts.compactMap(\.self)
        guard !fitting.isEmpty, fitting.count == parts.count else { return .malformed(type) }
        return whole(fitting)
    }

    private func wholeRollup(of items: [PropertyValue], aggregate: RollupValue?) -> PropertyValue {
        if let aggregate, !aggregate.isArray { return .rollup(aggregate) }
        // That an array is empty is believed only where the answer says that it is one, and the page did not show any.
        let mayBeEmpty = aggregate != nil && self == .rollup(.incomplete)
        return items.isEmpty && !mayBeEmpty ? .malformed(type) : .rollup(.array(items))
    }

    private var titleText: RichText? { if case .title(let text) = self { text } else { nil } }

    private var plainText: RichText? { if case .richText(let text) = self { text } else { nil } }

    private var users: [NotionUser]? { if case .people(let users) = self { users } else { nil } }

    private var pages: [PageID]? { if case .relation(let pages, _) = self { pages } else { nil } }

    private static func joined(_ parts: [RichText]) -> RichText {
        parts.reduce(into: RichText(text: "")) { whole, part in whole.append(part) }
    }
}

extension RollupValue {
    fileprivate var isArray: Bool { if case .array = self { true } else { false } }
}

/// One answer of the property endpoint: a list, or a single value for the simple types.
struct PropertyItems: Decodable {
    let items: [PropertyValue]
    let hasMore: Bool
    let nextCursor: String?
    let aggregate: RollupValue?

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: JSONKey.self)
        guard try container.decode(String.self, forKey: "object") == "list" else {
            (items, hasMore, nextCursor, aggregate) = ([PropertyValue(from: decoder)], false, nil, nil)
            return
        }
        items = try container.decode([PropertyValue].self, forKey: "results")
        hasMore = try container.decode(Bool.self, forKey: "has_more")
        nextCursor = try container.decodeIfPresent(String.self, forKey: "next_cursor")
        let property = try? container.nestedContainer(keyedBy: JSONKey.self, forKey: "property_item")
        aggregate = property?.value(RollupValue.self, "rollup")
    }
}
