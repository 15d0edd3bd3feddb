import Foundation
import HTTPTypes
package import ReconcileModel
import Signing
import Transport

/// Who sees the details of the status page: names and addresses of pages that may never have been published.
struct StatusAccess: Sendable {
    private let authorization: Authorization
    private let token: Secret?
    private let isOpen: Bool
    private let isSecure: Bool
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - isOpen: whether those who reach the service without a proxy see them too.
    ///   - isSecure: whether the service speaks TLS itself.
    init(token: Secret?, isOpen: Bool, isSecure: Bool, now: @escaping @Sendable () -> Timestamp) {
        (self.token, self.isOpen, self.isSecure, self.now) = (token, isOpen, isSecure, now)
        authorization = Authorization(token: token)
    }

    /// Whether anybody can sign in.
    var takesToken: Bool { token != nil }

    func showsDetails(_ fields: HTTPFields, host: String?) -> Bool {
        if isAuthorized(fields) || isSignedIn(fields) { return true }
        return isOpen && !fields.passedProxy && Self.isLoopback(host)
    }

    /// Whether a token is shown, whichever; browsers send it as the password of a name that does not matter.
    func showsToken(_ fields: HTTPFields) -> Bool { fields[.authorization] != nil }

    func isAuthorized(_ fields: HTTPFields) -> Bool {
        guard let field = fields[.authorization] else { return false }
        var fields: HTTPFields = [.authorization: field]
        if let password = Self.password(field) { fields[.authorization] = "Bearer \(password)" }
        do throws(APIError) {
            try authorization.check(fields)
            return true
        } catch { return false }
    }

    // MARK: - The cookie

    /// What a browser keeps, so that the token itself is sent once: until when it counts, and our signature.
    func cookie(for fields: HTTPFields) -> String {
        let expiry = String(now().adding(seconds: Self.lifetime).secondsSince1970)
        let isSecure = isSecure || HTTPField.Name("X-Forwarded-Proto").flatMap { fields[$0] } == "https"
        return
            "\(Self.name)=\(expiry).\(signature(expiry)); Path=/; Max-Age=\(Self.lifetime); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }

    private func isSignedIn(_ fields: HTTPFields) -> Bool {
        guard token != nil else { return false }
        for field in fields[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                guard parts.count == 2, parts.first == Self.name, let value = parts.last else { continue }
                if isValid(value) { return true }
            }
        }
        return false
    }

    private func isValid(_ value: String) -> Bool {
        let parts = value.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let expiry = parts.first, let given = parts.last, let time = Int(expiry),
            time > now().secondsSince1970, time <= now().adding(seconds: Self.lifetime).secondsSince1970
        else { return false }
        return MessageAuthentication.areEqualInConstantTime(Data(given.utf8), Data(signature(expiry).utf8))
    }

    private func signature(_ expiry: String) -> String {
        let key = Data((token?.reveal() ?? "").utf8)
        return Digest.hex(
            MessageAuthentication.hmacSHA256(key: key, message: Data("reconcile status page \(expiry)".utf8))
        )
    }

    private static let name = "reconcile_status"
    /// A working day.
    private static let lifetime = 43_200

    // MARK: - What requests say

    /// The password of `Basic` (RFC 7617).
    private static func password(_ field: String) -> String? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts.first?.lowercased() == "basic", let encoded = parts.last,
            let data = Data(base64Encoded: encoded.trimmingCharacters(in: .whitespaces))
        else { return nil }
        let pair = String(decoding: data, as: UTF8.self).split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        return pair.count == 2 ? pair.last.map(String.init) : nil
    }

    /// A page of another site may have a name that leads here: then the browser names that.
    private static func isLoopback(_ authority: String?) -> Bool {
        guard let authority else { return false }
        let host =
            authority.hasPrefix("[") ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        return isLoopback(address: String(host))
    }

    /// Whether only this machine reaches an address.
    static func isLoopback(address: String) -> Bool {
        if ["localhost", "::1"].contains(address.lowercased()) { return true }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts.first == 127 && !parts.contains(nil)
    }
}

extension HTTPFields {
    /// Whether somebody in between says so: then it is not this machine that asks.
    fileprivate var passedProxy: Bool {
        contains { field in
            let name = field.name.canonicalName
            return name == "forwarded" || name == "via" || name.hasPrefix("x-forwarded-")
        }
    }
}

extension ServiceConfiguration {
    /// - Throws: where details of the status page would be shown to more than this machine.
    package func checkStatusDetails() throws(Failure) {
        guard showsStatusDetails, !StatusAccess.isLoopback(address: host) else { return }
        throw Failure(
            code: "status_details_exposed",
            message: "--status-details would show drafts to everybody who reaches \(host).",
            hint: "Leave it out, and sign in on the page with RECONCILE_API_TOKEN; or listen on 127.0.0.1."
        )
    }
}
