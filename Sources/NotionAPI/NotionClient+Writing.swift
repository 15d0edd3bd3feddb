import HTTPTypes
import JSON
package import ReconcileModel
import Transport

/// What is written into a property of a page.
package enum PageText: Hashable, Sendable {
    /// Of a url property; nil: emptied.
    case url(String?)
    /// Of a text property; nil: emptied.
    case text(String?)

    fileprivate var json: JSON {
        switch self {
        case .url(let address): ["url": .optional(address)]
        case .text(let text):
            [
                "rich_text": .array(
                    text.map { [["type": "text", "text": ["content": .string($0)]]] } ?? []
                )
            ]
        }
    }
}

extension NotionClient {
    /// Writes into properties of a page; others stay as they are. Needs the capability to update content.
    ///
    /// To write the same again changes nothing, so it may be repeated.
    /// <https://developers.notion.com/reference/patch-page>
    /// - Throws: `.restricted` where the integration may not.
    ///
    /// - Parameter values: by the names of their properties.
    package func write(_ values: [String: PageText], to id: PageID) async throws(NotionError) {
        guard !values.isEmpty else { return }
        let properties = values.map { (name: $0.key, value: $0.value.json) }.sorted { $0.name < $1.name }
        let request = NotionRequest(
            path: "pages/\(URLSegment.encoded(id.rawValue))",
            body: ["properties": .object(JSON.Members(properties))],
            method: .patch,
            subject: (.page, id.rawValue)
        )
        let page: NotionPage = try await answer(to: request)
        guard page.id == id else {
            throw .malformedAnswer(location: request.path, reason: "id is that of another page")
        }
    }
}
