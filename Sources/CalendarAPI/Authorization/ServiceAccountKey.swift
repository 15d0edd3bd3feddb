package import Foundation
import JSON
package import ReconcileModel
import Signing

/// The key file of a Google service account.
///
/// The private key cannot be read back from it: it only signs.
/// <https://developers.google.com/identity/protocols/oauth2/service-account>
package struct ServiceAccountKey: Sendable {
    package let clientEmail: String
    /// Names the key among those of the account.
    package let keyID: String?
    package let tokenURI: URL
    let privateKey: RSAPrivateKey
    /// Tells two keys of one account apart, and is no secret.
    package let fingerprint: String

    /// - Parameter source: where the text is from, for messages: a path, or the name of an environment variable.
    /// - Throws: `google_key_invalid`, saying what is wrong with the text but nothing of what is in it.
    package init(json: Data, source: String) throws(Failure) {
        let fields = try KeyFile(json, source: source)
        try fields.checkType()
        clientEmail = try fields.required("client_email")
        keyID = fields.text("private_key_id")
        tokenURI = try fields.tokenURI()
        let pem = try fields.required("private_key")
        let parts = [clientEmail, keyID ?? "", tokenURI.absoluteString, pem].joined(separator: "\n")
        fingerprint = Digest.hex(Digest.sha256(Data(parts.utf8)))
        do {
            privateKey = try RSAPrivateKey(pem: pem)
        } catch {
            switch error {
            case .invalidKey(let reason): throw fields.invalid("its private_key: \(reason)")
            case .failed(let operation): throw fields.invalid("libcrypto failed to \(operation)")
            }
        }
    }
}

extension ServiceAccountKey: CustomStringConvertible {
    package var description: String { "service account \(clientEmail)" }
}

/// The fields of a key file before they are believed.
private struct KeyFile {
    private let fields: JSON.Members
    private let source: String

    init(_ json: Data, source: String) throws(Failure) {
        self.source = source
        guard let value = try? JSONDecoder().decode(JSON.self, from: json) else {
            throw Self.invalid("it is not JSON", source: source)
        }
        guard case .object(let members) = value else { throw Self.invalid("it is not a JSON object", source: source) }
        fields = members
    }

    func text(_ name: String) -> String? {
        guard case .string(let text)? = fields[name], !text.isEmpty else { return nil }
        return text
    }

    func required(_ name: String) throws(Failure) -> String {
        guard let text = text(name) else {
            throw invalid(fields[name] == nil ? "it has no \(name)" : "its \(name) is not a text, or an empty one")
        }
        return text
    }

    func checkType() throws(Failure) {
        if fields["installed"] != nil || fields["web"] != nil {
            throw invalid("it is an OAuth client file, not a service account key")
        }
        switch text("type") {
        case "service_account", nil: return
        case "authorized_user":
            throw invalid("it holds a user's credentials (authorized_user), not a service account key")
        case .some(let type): throw invalid("its type is \"\(type.prefix(40))\", not \"service_account\"")
        }
    }

    func tokenURI() throws(Failure) -> URL {
        let text = try required("token_uri")
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty, url.user() == nil else {
            throw invalid("its token_uri is not an address")
        }
        switch url.scheme?.lowercased() {
        case "https": return url
        // The emulator's endpoint has no certificate; a signed assertion must not cross a network in the clear.
        case "http" where ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host): return url
        default: throw invalid("its token_uri must begin with https://")
        }
    }

    func invalid(_ what: String) -> Failure { Self.invalid(what, source: source) }

    private static func invalid(_ what: String, source: String) -> Failure {
        Failure(
            code: "google_key_invalid",
            message: "The service account key from \(source) cannot be used: \(what).",
            hint:
                "Download a JSON key of the service account from the Google Cloud console (IAM, Service accounts, Keys)."
        )
    }
}
