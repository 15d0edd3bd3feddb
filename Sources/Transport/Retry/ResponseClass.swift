/// What an answer means for sending the request again.
package enum ResponseClass: Equatable, Sendable {
    case success
    /// An error that repetition does not cure.
    case final
    /// Turned away for the rate and surely not carried out. `retryAfter`: the wait the service asks for.
    case rateLimited(retryAfter: Duration?)
    /// May be cured by repetition; whether the request was carried out is not known.
    case transient(retryAfter: Duration?)
}

/// Tells the class of an API's answers.
package struct ResponseClassifier: Sendable {
    private let rule: @Sendable (IncomingResponse) -> ResponseClass

    /// - Parameter rule: the whole rule; `jsonAPI` is the usual one.
    package init(_ rule: @escaping @Sendable (IncomingResponse) -> ResponseClass) { self.rule = rule }

    package func classify(_ response: IncomingResponse) -> ResponseClass { rule(response) }

    /// The rules common to APIs that answer in JSON.
    ///
    /// - Parameter special: what one API says differently, such as a 403 that means a rate limit; asked first, and only
    ///   about errors. Nil: the common rules hold.
    package static func jsonAPI(
        special: @escaping @Sendable (IncomingResponse) -> ResponseClass? = { _ in nil }
    ) -> ResponseClassifier {
        ResponseClassifier { response in
            let isError = response.status >= 400
            return (isError ? special(response) : nil) ?? commonClass(of: response)
        }
    }

    private static func commonClass(of response: IncomingResponse) -> ResponseClass {
        let retryAfter = RetryAfter.duration(in: response.head)
        switch response.status {
        case 200..<300: return response.isComplete ? .success : .transient(retryAfter: nil)
        case 304: return .success
        // 529 is Notion's overload; its documentation and SDK treat it like 429.
        case 429, 529: return .rateLimited(retryAfter: retryAfter)
        case 408, 500...: return .transient(retryAfter: retryAfter)
        // The APIs say no in JSON. A page of HTML comes from something in between, which may be gone at the next try.
        case 403, 404: return response.isCompleteJSON ? .final : .transient(retryAfter: retryAfter)
        default: return .final
        }
    }
}
