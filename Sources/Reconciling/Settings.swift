import Foundation
package import ReconcileModel
package import Transport

/// What the environment says: where the services are, who we are there, how fast we may go.
package struct Settings: Sendable {
    var notionURL: URL
    var googleURL: URL
    /// Nil where it is not set, and every organization names another.
    var notionToken: Secret?
    /// The key file's text, and where it is from, for messages; nil only where Google was said to be optional.
    var googleKey: (json: Data, source: String)?
    /// Why a key that was given cannot be read; nil unless Google was said to be optional.
    var googleProblem: Failure?
    var googleIsOptional: Bool
    var impersonated: String?
    /// Requests per second; 0: no limit of our own.
    var notionRate: Double
    /// Quota units per minute; 0: no limit of our own.
    var googleRate: Double

    /// - Parameters:
    ///   - notionIsOptional: whether no organization needs the token of all.
    ///   - googleIsOptional: whether something can be done without the Google key of all.
    package init(
        _ environment: [String: String],
        notionIsOptional: Bool = false,
        googleIsOptional: Bool = false
    ) throws(Failure) {
        let environment = environment.filter { !$0.value.isEmpty }
        notionURL = try Self.url("NOTION_BASE_URL", in: environment, default: "https://api.notion.com")
        googleURL = try Self.url("GOOGLE_BASE_URL", in: environment, default: "https://www.googleapis.com")
        notionRate = try Self.rate("RECONCILE_NOTION_RPS", in: environment, default: 3)
        googleRate = try Self.rate("RECONCILE_GOOGLE_RPM", in: environment, default: 600)
        impersonated = environment["GOOGLE_IMPERSONATE"]
        let needed =
            (notionIsOptional ? [] : ["NOTION_API_KEY"]) + (googleIsOptional ? [] : ["GOOGLE_SERVICE_ACCOUNT"])
        let missing = needed.filter { environment[$0] == nil }
        guard missing.isEmpty else { throw Self.missing(missing) }
        notionToken = try environment["NOTION_API_KEY"].map { text throws(Failure) in
            try Self.token(text, "NOTION_API_KEY")
        }
        self.googleIsOptional = googleIsOptional
        do throws(Failure) {
            googleKey = try environment["GOOGLE_SERVICE_ACCOUNT"].map { value throws(Failure) in
                try Self.key(value, "GOOGLE_SERVICE_ACCOUNT")
            }
        } catch {
            guard googleIsOptional else { throw error }
            googleProblem = error
        }
    }

    /// What writers over HTTP must show; nil where it is not set.
    package static func apiToken(_ environment: [String: String]) throws(Failure) -> Secret? {
        guard let token = environment["RECONCILE_API_TOKEN"], !token.isEmpty else { return nil }
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Failure(
                code: "api_token_invalid",
                message: "RECONCILE_API_TOKEN holds spaces, line breaks or other characters that no header can carry.",
                hint: "Make one with `openssl rand -hex 32`."
            )
        }
        guard token.unquoted == nil else {
            throw Failure(
                code: "api_token_invalid",
                message: "RECONCILE_API_TOKEN is in quotation marks, which clients would have to send as well.",
                hint: "Take them away, here and where the token is sent; files that list variables keep them."
            )
        }
        guard token.utf8.count >= shortestToken else {
            throw Failure(
                code: "api_token_invalid",
                message: "RECONCILE_API_TOKEN has fewer than \(shortestToken) characters: it could be guessed.",
                hint: "Make one with `openssl rand -hex 32`."
            )
        }
        return Secret(token)
    }

    private static let shortestToken = 16

    static func missing(_ names: [String]) -> Failure {
        Failure(
            .noKey,
            message: "\(names.joined(separator: " and ")) \(names.count == 1 ? "is" : "are") not set.",
            hint: "NOTION_API_KEY holds the integration's token, GOOGLE_SERVICE_ACCOUNT the path to the key file "
                + "(or its JSON). To try without accounts, add --sandbox."
        )
    }

    /// - Parameter variable: that has it.
    static func token(_ text: String, _ variable: String) throws(Failure) -> Secret {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Failure(
                code: "notion_key_invalid",
                message: "\(variable) holds spaces, line breaks or other characters that no token has.",
                hint: "Copy the token again, without quotes."
            )
        }
        return Secret(text)
    }

    /// The text of a service account's key, and where it is from.
    ///
    /// - Parameters:
    ///   - value: the text itself, or the path of its file.
    ///   - variable: that has it.
    static func key(_ value: String, _ variable: String) throws(Failure) -> (json: Data, source: String) {
        if value.first(where: { !$0.isWhitespace }) == "{" { return (Data(value.utf8), variable) }
        guard looksLikePath(value) else {
            // Perhaps a key, encoded or in quotation marks: it must not be shown.
            throw Failure(
                code: "google_key_invalid",
                message: "\(variable) holds neither the path of a key file nor JSON that begins with {.",
                hint: "Set it to the path of the key file, or to the file's text as it is, without quotation marks."
            )
        }
        let descriptor = open(value, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(value, errno, variable) }
        // A key file has a few kilobytes; what is larger is something else, and need not be read whole to know.
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // What can be opened and yet not be read is a folder.
        guard let data = try? file.read(upToCount: 1 << 20) else { throw unreadable(value, EISDIR, variable) }
        return (data, value)
    }

    private static func unreadable(_ path: String, _ code: Int32, _ variable: String) -> Failure {
        Failure(
            code: "google_key_unreadable",
            message: "The key file \(path), named by \(variable), cannot be read: "
                + "\(String(cString: strerror(code))).",
            hint: "Check the path and its permissions."
        )
    }

    private static func looksLikePath(_ value: String) -> Bool {
        value.utf8.count <= 255 && !value.contains { "\n\r\"{}".contains($0) } && !value.contains("PRIVATE KEY")
    }

    private static func url(
        _ name: String,
        in environment: [String: String],
        default standard: String
    ) throws(Failure) -> URL {
        let text = environment[name] ?? standard
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme ?? ""), url.host()?.isEmpty == false
        else {
            throw Failure(
                code: "address_invalid",
                message: "\(name) is not an address: \"\(text)\".",
                hint: "Write it as \(standard), without a path."
            )
        }
        return url
    }

    private static func rate(
        _ name: String,
        in environment: [String: String],
        default standard: Double
    ) throws(Failure) -> Double {
        guard let text = environment[name] else { return standard }
        guard let rate = Double(text), rate >= 0, rate.isFinite else {
            throw Failure(
                code: "rate_invalid",
                message: "\(name) is not a number of requests: \"\(text)\".",
                hint: "Write a number such as \(Int(standard)), or 0 for no limit of our own."
            )
        }
        return rate
    }
}
