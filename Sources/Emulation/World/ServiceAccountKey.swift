import Signing
import Synchronization

/// The RSA key of a service account, and what else its key file names.
package struct ServiceAccountKey: Codable, Sendable {
    package var id: String
    package var clientID: String
    /// PKCS#8, as it stands in the key file.
    package var privateKey: String
    /// What the token endpoint checks signatures with.
    package var publicKey: String
}

extension ServiceAccountKey {
    /// A key made once per process: making one takes longer than everything else in a test.
    ///
    /// - Throws: `SigningError`
    static func make(id: String, clientID: String) throws -> ServiceAccountKey {
        let (privateKey, publicKey) = try pair.withLock { pair throws in
            if let pair { return pair }
            let key = try RSAPrivateKey.generate()
            let made = (try key.pem(), try key.publicKey.pem())
            pair = made
            return made
        }
        return ServiceAccountKey(id: id, clientID: clientID, privateKey: privateKey, publicKey: publicKey)
    }

    private static let pair = Mutex<(String, String)?>(nil)

    /// The key file as Google's console hands it out, with another token endpoint.
    func file(email: String, tokenURI: String) -> JSONValue {
        [
            "type": "service_account",
            "project_id": "example-project",
            "private_key_id": .string(id),
            "private_key": .string(privateKey),
            "client_email": .string(email),
            "client_id": .string(clientID),
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": .string(tokenURI),
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "universe_domain": "googleapis.com",
        ]
    }
}
