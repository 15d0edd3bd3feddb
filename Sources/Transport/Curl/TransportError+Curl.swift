import CCurl

extension TransportError {
    /// What a failure of libcurl means for the one who asked.
    init(_ error: CurlError, location: String, wasSent: Bool, certificateFile: String?) {
        let reason = error.reason
        switch error.code {
        case CURLE_OPERATION_TIMEDOUT:
            self = .timedOut(location: location, sent: wasSent)
        case CURLE_ABORTED_BY_CALLBACK:
            self = .cancelled
        case CURLE_SSL_CACERT_BADFILE:
            let file = certificateFile ?? "libcurl's default file"
            self = .untrusted(location: location, reason: "cannot read the CA certificates in \(file)")
        case let code where trustCodes.contains(code):
            self = .untrusted(location: location, reason: reason)
        case _ where wasSent:
            self = .interrupted(location: location, reason: reason)
        case let code where refusalCodes.contains(code):
            self = .refused(location: location, reason: reason)
        default:
            // A reset in the TLS handshake or a proxy that refuses has other codes than a refused connection, yet
            // nothing was sent in either case.
            self = .unreachable(location: location, reason: reason)
        }
    }
}

/// The server could not prove who it is.
private let trustCodes = [
    CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
    CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CRL_BADFILE,
]

/// libcurl would not even try.
private let refusalCodes = [
    CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_FAILED_INIT, CURLE_NOT_BUILT_IN,
    CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION,
]
