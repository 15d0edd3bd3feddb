import Foundation
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import ReconcileModel
import Reconciling
import Telemetry

/// What everybody may ask for.
struct ReadEndpoints: Sendable {
    let declarations: Declarations
    let cache: EventsCache
    let directory: OrganizationDirectory
    let metrics: ServiceMetrics
    let status: StatusReader
    let statusPage: StatusPage
    let access: StatusAccess
    let limiter: WriteLimiter
    let openAPI: RenderedBody
    let now: @Sendable () -> Timestamp
    /// The text of `/metrics`.
    let exposition: @Sendable () -> String

    /// - Parameter client: its address.
    func answer(
        _ route: Route,
        query: Substring,
        _ head: HTTPRequest,
        client: String
    ) async throws(APIError) -> Response {
        let fields = head.headerFields
        return switch route {
        case .events(let prefix): try await events(of: prefix, query: query, fields)
        case .feed(let prefix): try await feed(of: prefix, query: query, fields)
        case .legacyEvents: throw .organizationNeeded("/api/calendar/{prefix}/events")
        case .health: .json(JSON.object(["status": "ok"]))
        case .readiness: try await readiness()
        case .metrics: await metricsText()
        case .openAPI: openAPI.answer(to: fields, cacheControl: "public, max-age=3600").response
        case .page: try await page(fields, query: query, host: head.authority, client: client)
        case .sync, .setup, .syncAll, .legacyWebhook, .legacyDeleteAll, .notionWebhook: throw .methodNotAllowed(route)
        }
    }

    /// The answer to a request for all events, where they are in memory and need not be read anew; nil for anything else.
    func instantAnswer(_ route: Route, query: Substring, _ fields: HTTPFields) -> MemoryAnswer? {
        guard query.isEmpty else { return nil }
        switch route {
        case .events(let prefix): return instantAnswer(prefix, \.document, fields)
        case .feed(let prefix): return instantAnswer(prefix, \.feed, fields)
        case .sync, .setup, .syncAll, .legacyWebhook, .legacyEvents, .legacyDeleteAll, .notionWebhook, .health,
            .readiness, .metrics, .openAPI, .page:
            return nil
        }
    }

    private func instantAnswer(
        _ prefix: String,
        _ body: KeyPath<EventsEntry, RenderedBody>,
        _ fields: HTTPFields
    ) -> MemoryAnswer? {
        guard let organization = try? readable(prefix), let kept = cache.kept(for: organization) else { return nil }
        metrics.cacheAnswered(kept.isStale ? .stale : .hit)
        return kept.entry[keyPath: body].answer(to: fields, kept, ttl: cache.timeToLive)
    }

    // MARK: - Events

    private func events(of prefix: String, query: Substring, _ fields: HTTPFields) async throws(APIError) -> Response {
        let organization = try readable(prefix)
        let asked = try Self.parse(query, organization)
        let answer = try await cached(organization)
        guard !asked.isEmpty else {
            return answer.entry.document.answer(to: fields, answer, ttl: cache.timeToLive).response
        }
        let (events, total) = asked.apply(
            to: answer.entry.listing,
            SeriesSpan(of: organization, now: now())
        )
        let id: Int64
        do throws(Failure) { id = try await directory.id(of: organization) } catch { throw .unavailable(error) }
        let bytes = EventsDocument(organization: organization, id: id).render(events, total: total)
        return RenderedBody(bytes, contentType: JSON.contentType)
            .answer(to: fields, answer, ttl: cache.timeToLive).response
    }

    private func feed(of prefix: String, query: Substring, _ fields: HTTPFields) async throws(APIError) -> Response {
        let organization = try readable(prefix)
        let asked = try Self.parse(query, organization)
        let answer = try await cached(organization)
        guard !asked.isEmpty else {
            return answer.entry.feed.answer(to: fields, answer, ttl: cache.timeToLive).response
        }
        var listing = answer.entry.listing
        listing.events = asked.select(from: listing)
        return EventsEntry.feed(of: listing, organization, refresh: cache.timeToLive)
            .answer(to: fields, answer, ttl: cache.timeToLive).response
    }

    private func cached(_ organization: Organization) async throws(APIError) -> EventsCache.Answer {
        let answer: EventsCache.Answer
        do throws(Failure) { answer = try await cache.answer(for: organization) } catch {
            metrics.cacheAnswered(.miss)
            throw error.isOfState ? .unavailable(error) : .unreadable(error, organization.prefix)
        }
        metrics.cacheAnswered(answer.isStale ? .stale : answer.wasRead ? .miss : .hit)
        return answer
    }

    private func readable(_ prefix: String) throws(APIError) -> Organization {
        let organization = try declarations.active(prefix, directory)
        guard organization.notion != nil else { throw .unconfigured(organization) }
        return organization
    }

    private static func parse(_ query: Substring, _ organization: Organization) throws(APIError) -> EventsQuery {
        guard !query.isEmpty else { return EventsQuery() }
        do throws(EventsQuery.Mistakes) {
            return try EventsQuery.parse(QueryParameters.parse(query), timeZone: organization.timeZone)
        } catch {
            throw APIError(.badRequest, "\(error)")
        }
    }

    // MARK: - The service itself

    private func readiness() async throws(APIError) -> Response {
        // An organization without a number could not be answered.
        do throws(Failure) { try await directory.learnMissing(of: declarations.organizations) } catch {
            throw .unavailable(error)
        }
        let late = await status.missedIntervals().keys.sorted()
        guard late.isEmpty else {
            throw APIError(
                .serviceUnavailable,
                "Scheduled syncs did not take place: \(late.joined(separator: ", ")). Events are answered as before.",
                headers: [.retryAfter: "60"]
            )
        }
        return .json(JSON.object(["status": "ready"]))
    }

    private func metricsText() async -> Response {
        metrics.orphaned(await status.orphanCount())
        let late = await status.missedIntervals()
        for organization in declarations.organizations where organization.isEnabled {
            metrics.missed(organization.prefix, late[organization.prefix] ?? 0)
        }
        let headers: HTTPFields = [.contentType: MetricsRegistry.contentType, .cacheControl: "no-store"]
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: exposition()))
        )
    }

    private func page(
        _ fields: HTTPFields,
        query: Substring,
        host: String?,
        client: String
    ) async throws(APIError) -> Response {
        if access.showsToken(fields), !access.isAuthorized(fields) {
            // Otherwise tokens could be tried here as often as one likes.
            try limiter.pass("guesses of \(client)")
        }
        if query == Self.signIn, access.takesToken { return try signedIn(fields) }
        let withDetails = access.showsDetails(fields, host: host)
        var content = await status.content(host: host, withDetails: withDetails)
        content.offersSignIn = access.takesToken && !withDetails
        var response = RenderedBody(Array(statusPage.render(content).utf8), contentType: "text/html; charset=utf-8")
            .answer(to: fields, cacheControl: withDetails ? "private, no-store" : "no-cache").response
        response.headers[.vary] = "Accept-Encoding, Authorization, Cookie"
        response.headers.append(contentsOf: Self.pageHeaders)
        return response
    }

    private static let signIn = "sign-in"

    /// Browsers ask for the token, as a password; what they keep afterwards is a cookie.
    private func signedIn(_ fields: HTTPFields) throws(APIError) -> Response {
        guard access.isAuthorized(fields) else {
            throw APIError(
                .unauthorized,
                "Sign in with the token of this service as the password, and any name.",
                headers: [.wwwAuthenticate: #"Basic realm="reconcile status", charset="UTF-8""#]
            )
        }
        return Response(
            status: .seeOther,
            headers: [.location: "/", .cacheControl: "no-store", .setCookie: access.cookie(for: fields)]
        )
    }

    private static let pageHeaders = StatusPage.headers.compactMap { name, value in
        HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
    }
}

extension Failure {
    /// Whether it is about the state, and not about what was to be read.
    fileprivate var isOfState: Bool { code.subject == .state || code == .organizationNotRegistered }
}

extension Declarations {
    /// - Throws: 404 for an organization nobody declared, 503 for one whose declaration cannot be read, 403 for one that is not active.
    func active(_ prefix: String, _ directory: OrganizationDirectory) throws(APIError) -> Organization {
        guard let organization = self[prefix] else {
            let mayBeDeclared = declared.hidingFile != nil && directory.isKnown(prefix)
            guard declared.mistakes(of: prefix) != nil || mayBeDeclared else {
                throw APIError(.notFound, "There is no organization of this name.")
            }
            // Whoever subscribed keeps what they have.
            throw APIError(
                .serviceUnavailable,
                "The declaration of this organization has a mistake; the log of the service names it.",
                headers: [.retryAfter: "300"]
            )
        }
        guard organization.isActive else {
            throw APIError(.forbidden, "The organization \(organization.prefix) is not active.")
        }
        return organization
    }
}

extension APIError {
    static func unconfigured(_ organization: Organization) -> APIError {
        APIError(.badRequest, "The organization \(organization.prefix) has no Notion database configured.")
    }

    /// The answer of what the predecessor had before there were organizations.
    static func organizationNeeded(_ path: String) -> APIError {
        APIError(.badRequest, "An organization is needed here: use \(path).")
    }

    static func unreadable(_ failure: Failure, _ prefix: String) -> APIError {
        APIError(
            .badGateway,
            "The events of \(prefix) cannot be read from Notion at the moment.",
            headers: [.retryAfter: "15"],
            cause: failure
        )
    }

    /// The state cannot be used.
    static func unavailable(_ failure: Failure) -> APIError {
        APIError(.serviceUnavailable, "The service cannot answer this at the moment.", cause: failure)
    }
}

extension Response {
    static func json(
        _ document: some JSONDocument,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = JSON.contentType
        headers[.cacheControl] = "no-store"
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.json.bytes(.sorted)))
        )
    }
}
