package import Transport

/// Why the Notion API gave no usable answer. Never holds the token.
///
/// <https://developers.notion.com/reference/status-codes>
package enum NotionError: Error, Equatable, Sendable {
    /// 401: the token is wrong, or was revoked.
    case unauthorized
    /// 403: the integration lacks a capability.
    case restricted(message: String)
    /// 404 `object_not_found`: it does not exist, or it is not shared with the integration. No proof of deletion.
    case notFound(NotionObjectKind, id: String)
    /// The object stands in Notion's trash.
    case inTrash(NotionObjectKind, id: String)
    /// 400: `code` says which kind, `message` is Notion's.
    case validation(code: String, message: String)
    /// 429 at last. `isBlocked`: Notion asks not to be called again. `retryAfter`: the wait that it asks for, perhaps one so long
    /// that there was but one attempt.
    case rateLimited(isBlocked: Bool, retryAfter: Duration? = nil)
    /// Any other status; `code` is nil where the answer was not Notion's own (a proxy, the network's edge).
    case service(status: Int, code: String?)
    /// The answer was not what the API promises. `reason` names the field, never its content.
    case malformedAnswer(location: String, reason: String)
    case transport(TransportError)
    /// The database has several data sources and none is declared; or several have the declared name.
    case ambiguousDataSource(names: [String])
    /// No data source has the declared name or id; `names` are those that exist.
    case unknownDataSource(declared: String?, names: [String])
    /// The declared filter cannot be sent.
    case invalidFilter(reason: String)
}

extension NotionError {
    /// Whether only what was asked for is in trouble, so that other requests may well be answered. Else it is the
    /// token, the connection or the declaration.
    package var concernsOneObject: Bool {
        switch self {
        case .notFound, .inTrash, .validation, .service, .malformedAnswer, .transport(.tooLarge): true
        case .unauthorized, .restricted, .rateLimited, .transport, .ambiguousDataSource, .unknownDataSource,
            .invalidFilter:
            false
        }
    }
}

/// The kinds of objects we ask Notion for.
package enum NotionObjectKind: String, Sendable {
    case database
    case dataSource = "data source"
    case page
    case property
    case user
}
