import Foundation
package import ReconcileModel

/// Where reports go, and the key that goes with them: `https://<key>@<host>[:<port>]/[<path>/]<project>`.
///
/// https://develop.sentry.dev/sdk/overview/#parsing-the-dsn
package struct SentryDSN: Equatable, Sendable {
    package let scheme: String
    /// Host and port.
    package let authority: String
    /// Path of the endpoint that takes envelopes.
    package let path: String
    let publicKey: String

    /// - Throws: `Failure`; the text itself is not quoted, for a key is in it.
    package init(_ text: String) throws(Failure) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["https", "http"].contains(scheme), let host = parts.host, !host.isEmpty
        else { throw Self.failure("It is not an address of http or https.") }
        guard let key = parts.user, !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x2C })
        else { throw Self.failure("There is no key before the \"@\".") }
        let segments = parts.path.split(separator: "/")
        guard let project = segments.last, project.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isLetter) }) else {
            throw Self.failure("There is no project number at the end.")
        }
        guard scheme == "https" || Self.isLoopback(host) else {
            throw Self.failure("Plain http is allowed only to this machine.")
        }
        (self.scheme, publicKey) = (scheme, key)
        authority = parts.port.map { "\(host):\($0)" } ?? host
        path = (segments.dropLast() + ["api", project, "envelope"]).map { "/\($0)" }.joined() + "/"
    }

    private static func isLoopback(_ host: String) -> Bool {
        ["localhost", "[::1]", "::1"].contains(host.lowercased()) || host.wholeMatch(of: #/127(\.\d{1,3}){3}/#) != nil
    }

    private static func failure(_ reason: String) -> Failure {
        Failure(
            code: "sentry_dsn_invalid",
            message: "SENTRY_DSN is not the DSN of a Sentry project. \(reason)",
            hint: "Copy it from the project's settings, Client Keys; it looks like https://<key>@<host>/<project>."
        )
    }
}
