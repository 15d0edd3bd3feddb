package import Foundation
import Synchronization
package import Transport

/// The secrets that are in use, whatever the variables are called that hold them: what reads one, notes it here.
package final class KnownSecrets: Sendable {
    private let noted = Mutex(SecretFilter.Values())

    package init() {}

    package func note(_ secret: Secret) { noted.withLock { $0.insert(secret.reveal()) } }

    /// Notes the private key of a service account, as a whole and line by line, for a message may quote a part.
    package func note(keyFile json: Data) {
        let parts = SecretFilter.keyParts(json)
        noted.withLock { noted in for part in parts { noted.insert(part) } }
    }

    var values: SecretFilter.Values { noted.withLock { $0 } }
}
