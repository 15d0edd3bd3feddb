import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import ReconcileModel
import Reconciling
import Telemetry
import Tracing

/// Every request passes here: it is told apart by path and method, answered, counted and timed.
struct APIResponder: HTTPResponder {
    let reads: ReadEndpoints
    let writes: WriteEndpoints
    let crossOrigin: CrossOriginPolicy
    let metrics: RequestMetrics
    let tracer: (any Tracer)?
    let bodies: BodyReader
    let refusals: RefusalLog
    let clock: ContinuousClock
    let date: DateField
    /// For the reference of an answer that tells no more.
    let random: @Sendable () -> UInt32
    let logger: Logger

    func respond(to request: Request, context: ClientContext) async throws -> Response {
        let begun = clock.now
        let (route, query) = Self.target(of: request.head)
        var response = await traced(request, route) { () async -> Response in
            do throws(APIError) {
                return try await answer(request, route, query: query, context)
            } catch {
                return error.response
            }
        }
        complete(&response.headers, response.status, request.head, route, since: begun)
        if RefusalLog.concerns(response.status) { note(response.status, route, context) }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// The answer to a request that needs nothing but what is in memory; nil: `respond` has to answer it.
    func instantAnswer(to head: HTTPRequest) -> MemoryAnswer? {
        // Spans belong to tasks, and how a connection ends is decided elsewhere.
        guard tracer == nil, head.method == .get || head.method == .head, head.keepsConnection else { return nil }
        let begun = clock.now
        guard case (let route?, let query) = Self.target(of: head),
            var answer = reads.instantAnswer(route, query: query, head.headerFields)
        else { return nil }
        complete(&answer.headers, answer.status, head, route, since: begun)
        (answer.headers[.date], answer.headers[.server]) = (date.text, Self.serverName)
        if head.method == .head { answer.body = nil }
        return answer
    }

    /// How many bytes of a request's body are needed to answer it; 0: none.
    func bodyLimit(of head: HTTPRequest) -> Int {
        guard head.method == .post, let route = Self.target(of: head).0 else { return 0 }
        return writes.bodyLimit(route, head.headerFields)
    }

    static let serverName = "reconcile"

    private static func target(of head: HTTPRequest) -> (Route?, query: Substring) {
        let path = head.path ?? "/"
        let end = path.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? path.endIndex
        return (Route(path: path[..<end]), path[end...].dropFirst())
    }

    /// What every answer gets, and what is noted of it.
    private func complete(
        _ headers: inout HTTPFields,
        _ status: HTTPResponse.Status,
        _ request: HTTPRequest,
        _ route: Route?,
        since begun: ContinuousClock.Instant
    ) {
        if route.isOpen { crossOrigin.add(to: &headers, origin: request.headerFields[.origin]) }
        if let successor = route?.successor { headers.append(contentsOf: HTTPFields.deprecation(successor: successor)) }
        let elapsed = begun.duration(to: clock.now)
        metrics[route].answered(method: request.method.rawValue, status: status.code, took: elapsed)
        guard logger.logLevel <= .debug else { return }
        logger.debug(
            "request answered",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route?.name ?? "none")",
                "status": "\(status.code)", "ms": "\(elapsed / .milliseconds(1))",
            ]
        )
    }

    private func traced(_ request: Request, _ route: Route?, _ body: () async -> Response) async -> Response {
        guard let tracer, route?.isForMonitors != true else { return await body() }
        return await tracer.withSpan("\(request.method.rawValue) \(route?.name ?? "other")", ofKind: .server) { span in
            // Strangers may make up any, and each would be a value of its own.
            if let prefix = route?.prefix, writes.declarations[prefix] != nil {
                span.attributes["organization"] = prefix
            }
            let response = await body()
            span.attributes["http.response.status_code"] = response.status.code
            if response.status.code >= 500 { span.setStatus(SpanStatus(code: .error)) }
            return response
        }
    }

    private func answer(
        _ request: Request,
        _ route: Route?,
        query: Substring,
        _ context: ClientContext
    ) async throws(APIError) -> Response {
        guard let route else { throw .notFound }
        if request.method != .options, let moved = reads.moved(route, query: query) { throw moved }
        switch request.method {
        case .get where route.method == .get, .head where route.method == .get:
            return try await explained(route) { () throws(APIError) in
                try await reads.answer(route, query: query, request.head, client: context.client)
            }
        case .post where route.method == .post:
            return try await explained(route) { () throws(APIError) in
                try await writes.answer(route, request.headers, client: context.client) { limit throws(APIError) in
                    try await bodies.read(request, limit: limit)
                }
            }
        case .options: return preflight(route, request.headers)
        default: throw .methodNotAllowed(route)
        }
    }

    private func preflight(_ route: Route, _ fields: HTTPFields) -> Response {
        var headers: HTTPFields = [.allow: route.allowed]
        if Optional(route).isOpen { crossOrigin.preflight(&headers, fields, methods: route.allowed) }
        return Response(status: .noContent, headers: headers)
    }

    private func note(_ status: HTTPResponse.Status, _ route: Route?, _ context: ClientContext) {
        // What is refused there has words of its own.
        if route == .notionWebhook, status == .unauthorized || status == .forbidden { return }
        refusals.note(
            RefusalLog.Refusal(
                status: status.code,
                route: route?.name,
                prefix: route?.prefix,
                isDeclared: route?.prefix.map { writes.declarations[$0] != nil } ?? false,
                client: context.client
            )
        )
    }

    /// Gives answers that say that something went wrong here a reference, and the log what is behind it.
    private func explained(
        _ route: Route,
        _ body: () async throws(APIError) -> Response
    ) async throws(APIError) -> Response {
        do throws(APIError) { return try await body() } catch {
            guard let cause = error.cause else { throw error }
            var error = error
            let reference = String(random(), radix: 36)
            error.reference = reference
            logger.error(
                "request failed",
                metadata: ["reference": "\(reference)", "route": "\(route.name)", "error": "\(cause)"]
            )
            throw error
        }
    }
}

extension Route? {
    /// Whether web pages of other origins may have a reason to read it. Where there is nothing they are to see that, and what
    /// the predecessor had does nothing any more but tell them where to go.
    fileprivate var isOpen: Bool {
        switch self {
        case .events, .feed, .openAPI, .legacyEvents, .legacyDeleteAll, nil: true
        case .sync, .setup, .syncAll, .legacyWebhook, .notionWebhook, .health, .readiness, .metrics, .page: false
        }
    }
}

extension Route {
    /// Whether machines ask for it all day, to see that the service is there.
    fileprivate var isForMonitors: Bool {
        switch self {
        case .health, .readiness, .metrics: true
        case .events, .feed, .sync, .setup, .syncAll, .legacyWebhook, .legacyEvents, .legacyDeleteAll, .notionWebhook,
            .openAPI, .page:
            false
        }
    }
}

extension HTTPRequest {
    /// Whether it says nothing of the connection but that it is to go on.
    fileprivate var keepsConnection: Bool {
        headerFields[.connection].map { $0.lowercased() == "keep-alive" } ?? true
    }
}

extension APIError {
    var response: Response {
        var headers = headers
        headers[.contentType] = JSON.contentType
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
