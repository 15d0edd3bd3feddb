import HTTPTypes
import Tracing

/// The span of one request, all its attempts and waits included.
///
/// It has a status but reports no error: whoever asked knows whether an error answer was expected, and says what it meant.
struct RequestSpan {
    private let span: any Span

    init(_ request: OutgoingRequest, api: String, tracer: any Tracer) {
        let template = PathTemplate(request.head.path ?? "/").text
        let method = request.head.method.rawValue
        span = tracer.startSpan("\(method) \(template)", ofKind: .client)
        guard span.isRecording else { return }
        // Names from https://opentelemetry.io/docs/specs/semconv/http/http-spans/
        span.updateAttributes { attributes in
            attributes["http.request.method"] = method
            attributes["url.template"] = template
            attributes["server.address"] = request.host
            attributes["reconcile.api"] = api
            if request.batchedCalls > 0 { attributes["reconcile.batched_calls"] = request.batchedCalls }
        }
    }

    func end(_ result: Result<IncomingResponse, TransportError>, attempts: Int) {
        if span.isRecording {
            span.updateAttributes { attributes in
                if attempts > 1 { attributes["http.request.resend_count"] = attempts - 1 }
                switch result {
                case .success(let response): attributes["http.response.status_code"] = response.status
                case .failure: attributes["error.type"] = result.statusLabel
                }
            }
            if case .failure = result { span.setStatus(SpanStatus(code: .error)) }
        }
        span.end()
    }
}

extension OutgoingRequest {
    /// The host alone, without port, user name and password.
    fileprivate var host: String {
        let authority = head.authority?.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        guard !authority.hasPrefix("[") else { return String(authority.prefix { $0 != "]" }.dropFirst()) }
        return String(authority.prefix { $0 != ":" })
    }
}
