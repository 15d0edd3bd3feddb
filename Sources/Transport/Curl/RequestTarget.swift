import CCurl
import Foundation
import HTTPTypes

/// Where a request goes, after the checks that come before anything is sent.
struct RequestTarget: Sendable {
    let url: String
    /// To this machine itself: never through a proxy.
    let isLoopback: Bool
    let isEncrypted: Bool

    /// - Throws: `TransportError.refused`.
    init(_ request: OutgoingRequest) throws(TransportError) {
        func refusal(_ reason: String) -> TransportError { .refused(location: request.location, reason: reason) }

        guard let scheme = request.head.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
            throw refusal("only http and https are supported")
        }
        guard let authority = request.head.authority, !authority.isEmpty else { throw refusal("the URL has no host") }
        guard !authority.contains("@") else { throw refusal("a URL must not carry a user name or password") }
        // Otherwise the path could become part of the host.
        guard request.head.path?.hasPrefix("/") ?? true else { throw refusal("the path does not begin with a slash") }
        url = "\(scheme)://\(authority)\(request.head.path ?? "/")"
        guard let host = URLHandle()?.host(of: url) else { throw refusal("it is not a valid URL") }
        isLoopback = Self.isLoopback(host)
        isEncrypted = scheme == "https"
        guard isEncrypted || isLoopback else {
            throw refusal("plain http is allowed only to this machine (localhost, 127.0.0.1 or [::1])")
        }
    }

    /// 127.0.0.0/8, ::1 and the name localhost.
    private static func isLoopback(_ host: String) -> Bool {
        var ipv4 = in_addr()
        if inet_pton(AF_INET, host, &ipv4) == 1 { return UInt32(bigEndian: ipv4.s_addr) >> 24 == 127 }
        var ipv6 = in6_addr()
        guard inet_pton(AF_INET6, host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")), &ipv6) == 1 else {
            return host.lowercased() == "localhost"
        }
        return withUnsafeBytes(of: ipv6) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }
}

/// Owns one `CURLU`: a URL as libcurl understands it, so that what is checked is what is connected to.
private struct URLHandle: ~Copyable {
    private let pointer: OpaquePointer

    init?() {
        guard let pointer = curl_url() else { return nil }
        self.pointer = pointer
    }

    deinit { curl_url_cleanup(pointer) }

    /// The host of `url`; nil where that is no URL.
    func host(of url: String) -> String? {
        guard curl_url_set(pointer, CURLUPART_URL, url, 0) == CURLUE_OK else { return nil }
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(pointer, CURLUPART_HOST, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
