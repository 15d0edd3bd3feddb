package import Foundation
package import Transport

/// The last look at a text before it leaves the program: takes out the secrets that are known and what looks like one.
///
/// Secrets are kept out at their source, by `Secret` and `Redaction`. This is for the day on which somebody forgets.
package struct SecretFilter: Sendable {
    /// Texts to be taken out, the longest first: one that is a part of another would leave the rest of it.
    struct Values: Sendable {
        private(set) var texts: [String] = []

        /// Shorter ones would be found in ordinary words.
        private static let shortest = 8

        mutating func insert(_ text: String) {
            guard text.utf8.count >= Self.shortest, !texts.contains(text) else { return }
            let index = texts.firstIndex { ($0.utf8.count, text) < (text.utf8.count, $0) } ?? texts.endIndex
            texts.insert(text, at: index)
        }
    }

    private let known: KnownSecrets

    private static let variables = [
        "NOTION_API_KEY", "GOOGLE_SERVICE_ACCOUNT", "RECONCILE_API_TOKEN", "NOTION_WEBHOOK_SECRET", "SENTRY_DSN",
    ]
    /// What declarations name is called as people like, and most likely so.
    private static let signsInNames = ["KEY", "TOKEN", "SECRET", "CREDENTIAL", "PASSWORD", "ACCOUNT"]

    /// - Parameters:
    ///   - secrets: whatever of them is long enough to be told from ordinary words.
    ///   - known: those that are noted as they are used.
    package init(_ secrets: [Secret] = [], known: KnownSecrets = KnownSecrets()) {
        self.known = known
        for secret in secrets { known.note(secret) }
    }

    /// The secrets of the process.
    ///
    /// - Parameters:
    ///   - keyFile: the service account's key, where the environment only names its file.
    ///   - known: those that are noted as they are used.
    package init(environment: [String: String], keyFile: Data? = nil, known: KnownSecrets = KnownSecrets()) {
        var secrets: [String] = []
        for (name, value) in environment {
            let isOurs = Self.variables.contains(name)
            guard isOurs || Self.signsInNames.contains(where: name.uppercased().contains) else { continue }
            // The path of a key file is no secret, and people need to read it in messages.
            let isText = value.first { !$0.isWhitespace } == "{"
            let isPath = !isText && (name == "GOOGLE_SERVICE_ACCOUNT" || !isOurs && value.contains("/"))
            if !isPath { secrets.append(value) }
            secrets += Self.keyParts(Data(value.utf8))
        }
        if let keyFile { secrets += Self.keyParts(keyFile) }
        self.init(secrets.map(Secret.init), known: known)
    }

    package func masked(_ text: String) -> String {
        var text = text
        for value in known.values.texts where text.contains(value) {
            text = text.replacing(value, with: "<redacted>")
        }
        return mayHoldSecret(text) ? Redaction.masked(text) : text
    }

    /// Whether a closer look is worth its time; nearly never it is.
    private func mayHoldSecret(_ text: String) -> Bool {
        let text = text.lowercased()
        return Self.signs.contains { text.contains($0) }
    }

    private static let signs = [
        "bearer", "authorization", "token", "assertion", "client_secret", "private_key", "-----begin", "eyj", "ya29.",
        "ntn_", "secret_",
    ]

    /// The private key of a service account, as a whole and line by line, for a message may quote a part.
    static func keyParts(_ json: Data) -> [String] {
        struct Key: Decodable { var private_key: String }
        guard let key = try? JSONDecoder().decode(Key.self, from: json).private_key else { return [] }
        let lines = key.split(separator: "\n").map(String.init).filter { $0.utf8.count >= 24 && !$0.hasPrefix("-----") }
        return [key] + lines
    }
}
