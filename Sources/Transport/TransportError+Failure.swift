package import ReconcileModel

extension TransportError {
    /// The error for people and programs.
    package var failure: Failure {
        switch self {
        case .timedOut(let location, let sent):
            Failure(
                code: "network_timeout",
                message: "No complete answer from \(location) in time\(sent ? "" : "; the request was not sent").",
                hint: "Try again; if it stays so, check the network and the service's status page."
            )
        case .unreachable(let location, let reason):
            Failure(
                code: "network_unreachable",
                message: "Cannot reach \(location): \(sentence(reason))",
                hint: "Check the network, the base URL and the proxy settings (https_proxy, no_proxy)."
            )
        case .interrupted(let location, let reason):
            Failure(
                code: "network_interrupted",
                message: "The answer of \(location) ended early: \(sentence(reason))",
                hint: "Try again; if it stays so, something between here and the service cuts connections."
            )
        case .untrusted(let location, let reason):
            Failure(
                code: "tls_untrusted",
                message: "Cannot trust the server at \(location): \(sentence(reason))",
                hint:
                    "Where a proxy inspects TLS, name a file with its CA certificate in CURL_CA_BUNDLE or SSL_CERT_FILE."
            )
        case .tooLarge(let location, let limit):
            Failure(
                code: "response_too_large",
                message: "The answer of \(location) is larger than \(limit) bytes and was not read to its end.",
                hint: "Check that the base URL is that of the service."
            )
        case .refused(let location, let reason):
            Failure(
                code: "request_refused",
                message: "Did not send a request to \(location): \(sentence(reason))",
                hint: "Check NOTION_BASE_URL, GOOGLE_BASE_URL and the token_uri of the key file."
            )
        case .suspended(let location, let failures):
            Failure(
                code: "service_down",
                message: "Did not ask \(location): the last \(failures) requests to this service all failed.",
                hint: "The errors before this one say how they failed. Run again when the service is back."
            )
        case .expired(let location):
            Failure(
                code: "request_expired",
                message: "Did not send a request to \(location): it waited too long for its turn.",
                hint: "Run again."
            )
        case .cancelled:
            Failure(.cancelled, message: "The request was cancelled before its answer came.")
        }
    }

    private func sentence(_ reason: String) -> String { reason.hasSuffix(".") ? reason : "\(reason)." }
}
