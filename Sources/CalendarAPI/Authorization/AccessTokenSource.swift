package import Transport

/// Keeps one access token of a service account and gets the next before it expires.
///
/// However many callers wait, there is one request at a time.
package actor AccessTokenSource {
    /// The e-mail of the account that acts: the impersonated user, else the service account.
    package nonisolated let account: String
    /// The account, and the key by which we are known there: two keys of one account may end at different times.
    package nonisolated let credential: String
    /// Whether that is a person.
    package nonisolated let isImpersonating: Bool
    private let exchange: TokenExchange
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Int
    private var current: (token: Secret, renewal: Int)?
    private var pending: Task<Result<Secret, TokenError>, Never>?

    /// - Parameters:
    ///   - impersonate: the user to act for, with domain-wide delegation.
    ///   - now: the time in seconds since 1970.
    package init(
        key: ServiceAccountKey,
        impersonate: String? = nil,
        scopes: [String] = CalendarScope.all,
        transport: any HTTPTransport,
        now: @escaping @Sendable () -> Int
    ) {
        account = impersonate ?? key.clientEmail
        credential = "\(account) \(key.fingerprint)"
        isImpersonating = impersonate != nil
        exchange = TokenExchange(key: key, impersonated: impersonate, scopes: scopes)
        (self.transport, self.now) = (transport, now)
    }

    /// A token that is good for some minutes at least.
    ///
    /// - Throws: only `CalendarError.token`.
    package func token() async throws(CalendarError) -> Secret {
        if let current, now() < current.renewal { return current.token }
        // Not a child task: a caller that is cancelled must not take the token from the others that wait for it.
        let request = pending ?? Task { await renew() }
        pending = request
        do {
            return try await request.value.get()
        } catch {
            throw .token(error)
        }
    }

    /// Forgets a token that Google refused; one that has replaced it in the meantime stays.
    package func invalidate(_ token: Secret) {
        if current?.token == token { current = nil }
    }

    private func renew() async -> Result<Secret, TokenError> {
        let result = await requestGrant()
        pending = nil
        return result.map { grant in
            // Renewed five minutes early, so that no token expires on its way; short-lived ones at half their life.
            current = (grant.token, now() + grant.lifetime - min(300, grant.lifetime / 2))
            return grant.token
        }
    }

    private func requestGrant() async -> Result<TokenExchange.Grant, TokenError> {
        do throws(TokenError) {
            let request = try exchange.request(now: now())
            return .success(try exchange.grant(in: try await sent(request)))
        } catch {
            return .failure(error)
        }
    }

    private func sent(_ request: OutgoingRequest) async throws(TokenError) -> IncomingResponse {
        do {
            return try await transport.send(request)
        } catch {
            throw .transport(error)
        }
    }
}
