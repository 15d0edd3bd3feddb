package import Transport

extension ResponseClassifier {
    /// What Notion's answers mean for repetition.
    ///
    /// Beyond the common rules: a conflict passes; the wait that Notion asks for may stand in the body alone; and a token that is
    /// blocked must not be used again.
    /// <https://developers.notion.com/reference/request-limits>
    package static let notion = jsonAPI { response in
        let body = NotionErrorBody(response)
        let retryAfter = RetryAfter.duration(in: response.head) ?? body?.retryAfter.map { .seconds($0) }
        switch response.status {
        case 409 where body?.code == "conflict_error": return .transient(retryAfter: retryAfter)
        case 429 where body?.isBlocked == true: return .final
        case 429, 529: return .rateLimited(retryAfter: retryAfter)
        case 500...: return .transient(retryAfter: retryAfter)
        default: return nil
        }
    }
}
