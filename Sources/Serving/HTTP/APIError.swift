import HTTPTypes
import JSON
import ReconcileModel

/// An answer that says what is wrong: `{"status":"error","message":…}`.
///
/// Messages are for the person on the other end, and tell nothing of how the service works inside.
struct APIError: Error, Equatable {
    var status: HTTPResponse.Status
    var message: String
    var headers: HTTPFields = [:]
    /// Stands in the log beside what really happened.
    var reference: String?
    /// What really happened; for the log, never for the client.
    var cause: Failure?
    /// What was done of a synchronization before it went wrong.
    var done: SyncDocument?

    init(_ status: HTTPResponse.Status, _ message: String, headers: HTTPFields = [:], cause: Failure? = nil) {
        (self.status, self.message, self.headers, self.cause) = (status, message, headers, cause)
    }

    static let notFound = APIError(
        .notFound,
        "There is nothing at this address. /openapi.json describes what there is."
    )

    static func methodNotAllowed(_ route: Route) -> APIError {
        APIError(.methodNotAllowed, "This address takes \(route.allowed) only.", headers: [.allow: route.allowed])
    }

    static func tooLarge(limit: Int) -> APIError {
        // What is left of the body would have to be read otherwise.
        APIError(
            .contentTooLarge,
            "The body is larger than \(limit) bytes, which is all that is read here.",
            headers: [.connection: "close"]
        )
    }

    static let bodyTimedOut = APIError(
        .requestTimeout,
        "The body did not arrive in time.",
        headers: [.connection: "close"]
    )

    /// So much arrives at once that this had to make room.
    static let crowded = APIError(
        .serviceUnavailable,
        "Too much arrives at once; try again.",
        headers: [.connection: "close", .retryAfter: "60"]
    )

    static func tooManyWrites(retryAfter seconds: Int) -> APIError {
        APIError(
            .tooManyRequests,
            "Too many requests; try again in \(seconds) s.",
            headers: [.retryAfter: String(seconds)]
        )
    }
}

extension APIError {
    var body: [UInt8] {
        JSON.object(of: [
            "status": "error",
            "message": .string(message),
            "reference": reference.map { .string($0) },
            "organization_id": done.map { .integer(Int($0.organization_id)) },
            "events_processed": done.map { .array($0.events_processed.map(\.json)) },
            "warnings": done?.warnings.map { .array($0.map(\.json)) },
        ]).bytes(.sorted)
    }
}
