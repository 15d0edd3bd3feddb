import JSON
import Tracing

/// Sentry's words for how a span ended: https://develop.sentry.dev/sdk/telemetry/traces/span-status/ (canonical gRPC codes).
enum SentryStatus {
    static func word(_ status: SpanStatus?, _ attributes: SpanAttributes, isCancelled: Bool) -> String {
        if isCancelled { return "cancelled" }
        if let code = attributes.get("http.response.status_code")?.number { return word(code) }
        return status?.code == .error ? "internal_error" : "ok"
    }

    private static func word(_ httpStatus: Int64) -> String {
        switch httpStatus {
        case ..<400: "ok"
        case 401: "unauthenticated"
        case 403: "permission_denied"
        case 404: "not_found"
        case 409: "already_exists"
        case 429: "resource_exhausted"
        case 499: "cancelled"
        case 400..<500: "invalid_argument"
        case 501: "unimplemented"
        case 503: "unavailable"
        case 504: "deadline_exceeded"
        default: "internal_error"
        }
    }
}

extension SpanKind {
    /// Sentry's word for what a span does: https://develop.sentry.dev/sdk/telemetry/traces/span-operations/
    func operation(_ attributes: SpanAttributes) -> String {
        if let given = attributes.get("sentry.op")?.text { return given }
        return switch self {
        case .client: "http.client"
        case .server: "http.server"
        case .producer: "queue.publish"
        case .consumer: "queue.process"
        case .internal: "function"
        }
    }
}

extension SpanAttributes {
    /// What is data of a span: tags are told apart, and its operation has a member of its own.
    var members: [String: JSON] {
        var members: [String: JSON] = [:]
        forEach { name, value in
            if !SpanTags.names.contains(name), name != "sentry.op" { members[name] = value.json }
        }
        return members
    }
}

extension SpanAttribute {
    var number: Int64? {
        switch self {
        case .int32(let value): Int64(value)
        case .int64(let value): value
        default: nil
        }
    }

    var text: String {
        switch self {
        case .string(let value): value
        case .stringConvertible(let value): value.description
        default: json.line
        }
    }

    // The library asks for a default, as it may add cases.
    var json: JSON {
        switch self {
        case .int32(let value): .integer(Int(value))
        case .int64(let value): .integer(Int(value))
        case .int32Array(let values): .array(values.map { .integer(Int($0)) })
        case .int64Array(let values): .array(values.map { .integer(Int($0)) })
        case .double(let value): .number(value)
        case .doubleArray(let values): .array(values.map { .number($0) })
        case .bool(let value): .bool(value)
        case .boolArray(let values): .array(values.map { .bool($0) })
        case .string(let value): .string(value)
        case .stringArray(let values): .array(values.map { .string($0) })
        case .stringConvertible(let value): .string(value.description)
        case .stringConvertibleArray(let values): .array(values.map { .string($0.description) })
        default: .null
        }
    }
}
