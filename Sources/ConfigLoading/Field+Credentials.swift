import ReconcileModel

// `credentials:`: names of variables, and never what these hold.
extension Field {
    private static let longestVariable = 100

    /// The name of a variable of the environment. What is no name is not shown: it may be a secret.
    func variable() throws(Diagnostic) -> Credentials.Variable {
        let hint = "put the secret into a variable, and name that, such as \(exampleVariable)"
        guard case .scalar(let scalar) = node.content, scalar.meaning == .text else {
            throw problem("\(quotedName) must be the name of a variable of the environment", hint: hint)
        }
        let name = scalar.text
        guard !Self.looksSecret(name) else {
            throw problem("\(quotedName) holds what looks like a secret, which is not shown here", hint: hint)
        }
        guard Self.isVariable(name) else {
            throw problem(
                "\(quotedName) must be the name of a variable of the environment: letters, digits and _",
                hint: hint
            )
        }
        return Credentials.Variable(name, source: node.location)
    }

    private var exampleVariable: String {
        switch name.split(separator: ".").last {
        case "google": "ACM_GOOGLE_KEY"
        case "webhook": "ACM_WEBHOOK_SECRET"
        default: "ACM_NOTION_KEY"
        }
    }

    private static func isVariable(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= longestVariable, !(48...57).contains(first) else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte) || byte == 95
        }
    }

    /// Tokens of both services, and long mixtures of letters and digits, which nobody calls a variable.
    private static func looksSecret(_ text: String) -> Bool {
        let prefixes = ["ntn_", "secret_", "ya29", "AIza", "eyJ", "-----BEGIN", "{"]
        if prefixes.contains(where: text.hasPrefix) || text.contains("PRIVATE KEY") { return true }
        let hasDigits = text.utf8.contains { (48...57).contains($0) }
        let hasLowercase = text.utf8.contains { (97...122).contains($0) }
        return text.utf8.count >= 24 && hasDigits && hasLowercase
    }

    /// The e-mail address of a person.
    func person() throws(Diagnostic) -> String {
        let text = try line()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !text.contains(where: \.isWhitespace) else {
            throw mismatch("the e-mail address of a person", hint: "write officer@example.org")
        }
        return text
    }
}
