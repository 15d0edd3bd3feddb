import Foundation
import HTTPTypes

extension CalendarClient {
    /// Reads all pages of a list, handing on each page and its items as it arrives.
    ///
    /// - Parameters:
    ///   - kind: what Google calls the list.
    ///   - path: of the page with the given token; nil for the first.
    ///   - receive: what it was given is only complete once this function returns.
    /// - Throws: also where a page says nothing of its items or where a token comes again, for then nobody knows
    ///   whether anything is missing.
    func pages<Item: Decodable & Sendable>(
        of type: Item.Type,
        kind: String,
        isFreshCalendar: Bool = false,
        path: (String?) -> String,
        receive: (Page<Item>, [Item]) -> Void
    ) async throws(CalendarError) {
        var seen: Set<String> = []
        var token: String?
        var emptyPages = 0
        repeat {
            let (page, items) = try await page(of: type, kind: kind, isFreshCalendar: isFreshCalendar, path(token))
            guard let items else {
                throw .malformedAnswer(reason: "a page of a list without items")
            }
            receive(page, items)
            emptyPages = items.isEmpty ? emptyPages + 1 : 0
            guard emptyPages < Self.patience else { throw .malformedAnswer(reason: "a list of nothing without an end") }
            token = page.nextPageToken
            if let token, !seen.insert(token).inserted {
                throw .malformedAnswer(reason: "a list that comes back to the same page")
            }
        } while token != nil
    }

    /// One page, asked for once more with all it has where a selection of fields left out its items: nothing is documented to do so
    /// where there are none.
    private func page<Item: Decodable & Sendable>(
        of type: Item.Type,
        kind: String,
        isFreshCalendar: Bool,
        _ path: String
    ) async throws(CalendarError) -> (Page<Item>, [Item]?) {
        let page = try await resource(Page<Item>.self, .get, path, isFreshCalendar: isFreshCalendar)
        if let items = page.items(of: kind) { return (page, items) }
        guard page.kind == kind, let whole = CalendarAddress.withoutFields(path) else { return (page, nil) }
        let complete = try await resource(Page<Item>.self, .get, whole, isFreshCalendar: isFreshCalendar)
        return (complete, complete.items(of: kind))
    }

    /// Pages without an item in sequence, after which a list is given up.
    private static var patience: Int { 1_000 }
}
