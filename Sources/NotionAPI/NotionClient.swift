package import Foundation
import HTTPTypes
package import ReconcileModel
package import Transport

/// Reads databases, schemas and pages through the Notion API.
///
/// It repeats nothing and paces nothing: that is the transport's part.
/// <https://developers.notion.com/reference/intro>
package struct NotionClient: Sendable {
    /// The version whose answers the types of this module describe.
    package static let version = "2025-09-03"

    private let base: BaseURL
    private let token: Secret
    private let transport: any HTTPTransport

    /// - Parameter baseURL: without `/v1`: `https://api.notion.com`.
    package init(baseURL: URL, token: Secret, transport: any HTTPTransport) {
        (self.base, self.token, self.transport) = (BaseURL(baseURL), token, transport)
    }

    package func database(_ id: DatabaseID) async throws(NotionError) -> NotionDatabase {
        let path = "databases/\(URLSegment.encoded(id.rawValue))"
        return try await answer(to: NotionRequest(path: path, subject: (.database, id.rawValue)))
    }

    package func dataSource(_ id: DataSourceID) async throws(NotionError) -> NotionDataSource {
        let path = "data_sources/\(URLSegment.encoded(id.rawValue))"
        return try await answer(to: NotionRequest(path: path, subject: (.dataSource, id.rawValue)))
    }

    /// One page, also from the trash and from another data source than it once was in.
    ///
    /// - Throws: `.notFound`, which is no proof of deletion; `.malformedAnswer` also where the answer does not tell the parent.
    package func page(_ id: PageID, properties: [PropertyID] = []) async throws(NotionError) -> NotionPage {
        do throws(NotionError) { return try await onePage(id, properties: properties) } catch {
            // Where a page was moved to, these properties need not exist: then Notion refuses to filter by them.
            guard case .validation("validation_error", _) = error, !properties.isEmpty else { throw error }
            return try await onePage(id, properties: [])
        }
    }

    private func onePage(_ id: PageID, properties: [PropertyID]) async throws(NotionError) -> NotionPage {
        let request = NotionRequest(
            path: "pages/\(URLSegment.encoded(id.rawValue))",
            query: NotionRequest.filter(properties),
            subject: (.page, id.rawValue)
        )
        let page: NotionPage = try await answer(to: request)
        guard page.id == id else {
            throw .malformedAnswer(location: request.path, reason: "id is that of another page")
        }
        guard page.parent.isKnown else {
            throw .malformedAnswer(location: request.path, reason: "parent is missing or of an unknown type")
        }
        return page
    }

    /// Who the token belongs to.
    package func me() async throws(NotionError) -> NotionBot {
        try await answer(to: NotionRequest(path: "users/me", subject: (.user, "me")))
    }

    /// Sends one request and decodes what a 200 brings.
    func answer<Answer: Decodable & Sendable>(to request: NotionRequest) async throws(NotionError) -> Answer {
        var outgoing = request.outgoing(to: base, fields: fields)
        outgoing.reader = .json(Answer.self)
        let response: IncomingResponse
        do throws(TransportError) { response = try await transport.send(outgoing) } catch { throw .transport(error) }
        guard response.status == 200 else { throw NotionError(response, subject: request.subject) }
        do { return try response.read(as: Answer.self) } catch {
            throw .malformedAnswer(location: outgoing.location, reason: JSONProblem.description(of: error))
        }
    }

    private var fields: HTTPFields {
        var fields: HTTPFields = [.accept: "application/json", .authorization: "Bearer \(token.reveal())"]
        fields[.userAgent] = "reconcile"
        if let name = HTTPField.Name("Notion-Version") { fields[name] = Self.version }
        return fields
    }
}
