/// Called twice for every request, from the server's threads; decides whether the client ever hears of it.
package typealias RequestObserver = @Sendable (RequestMoment) -> RequestVerdict

/// When an observer is called.
package enum RequestMoment: CaseIterable, Sendable {
    /// The request has arrived, nothing has been done.
    case before
    /// It is carried out, the answer has not been sent.
    case after
}

/// What becomes of a request that an observer has seen.
package enum RequestVerdict: Sendable {
    case goOn
    /// Goes no further, and is never answered.
    case silence
}
