import CalendarAPI
import NotionAPI
import Observing
import ReconcileModel
import Synchronization
import Telemetry
import Transport

/// The clients of organizations that have credentials of their own: one for each credential, however many organizations name it.
///
/// Google counts requests by account, so keys of one account share its pace; each gets its own tokens.
final class ClientPool: Sendable {
    private let environment: [String: String]
    let secrets: KnownSecrets
    private let makeNotion: @Sendable (Secret) -> NotionClient
    private let makeTransport: @Sendable () -> RetryingTransport
    private let makeGoogle: @Sendable (ServiceAccountKey, String?, RetryingTransport) -> CalendarClient
    private let notions = Mutex<[String: NotionClient]>([:])
    private let googles = Mutex<Googles>(Googles())

    private struct Googles {
        var transports: [Account: RetryingTransport] = [:]
        var clients: [Credential: CalendarClient] = [:]
    }

    private struct Account: Hashable {
        var email: String
        var person: String?
    }

    private struct Credential: Hashable {
        var key: String
        var person: String?
    }

    init(
        environment: [String: String],
        secrets: KnownSecrets,
        notion: @escaping @Sendable (Secret) -> NotionClient,
        transport: @escaping @Sendable () -> RetryingTransport,
        google: @escaping @Sendable (ServiceAccountKey, String?, RetryingTransport) -> CalendarClient
    ) {
        self.environment = environment.filter { !$0.value.isEmpty }
        self.secrets = secrets
        (makeNotion, makeTransport, makeGoogle) = (notion, transport, google)
    }

    func notion(_ token: Secret) -> NotionClient {
        notions.withLock { known in
            if let client = known[token.reveal()] { return client }
            let client = makeNotion(token)
            known[token.reveal()] = client
            return client
        }
    }

    func google(_ key: ServiceAccountKey, as person: String?) -> CalendarClient {
        let account = Account(email: key.clientEmail, person: person)
        let credential = Credential(key: key.fingerprint, person: person)
        return googles.withLock { known in
            if let client = known.clients[credential] { return client }
            let transport = known.transports[account] ?? makeTransport()
            known.transports[account] = transport
            let client = makeGoogle(key, person, transport)
            known.clients[credential] = client
            return client
        }
    }

    /// - Throws: where the variable is not set: a mistake of that organization.
    func value(of variable: Credentials.Variable, for service: String) throws(Failure) -> String {
        if let value = EnvironmentText.cleaned(environment[variable.name]) { return value }
        throw Failure(
            code: "credential_missing",
            message:
                "\(variable.source): credentials.\(service) names the variable \(variable.name), which is not set.",
            hint: "Set it for the program, or correct the name."
        )
    }
}

extension Clients {
    /// Both services, as an organization reaches them.
    ///
    /// - Throws: where a variable that its declaration names is not set or cannot be used.
    func of(_ organization: Organization) throws(Failure) -> ServiceClients {
        ServiceClients(notion: try notion(of: organization), calendars: try calendars(of: organization))
    }

    func notion(of organization: Organization) throws(Failure) -> NotionClient {
        guard heedsCredentials, let variable = organization.credentials.notion else { return try notion.get() }
        let text = try pool.value(of: variable, for: "notion")
        pool.secrets.note(Secret(text))
        return pool.notion(try Settings.token(text, variable.name))
    }

    func calendars(of organization: Organization) throws(Failure) -> CalendarClient {
        let credentials = organization.credentials
        guard heedsCredentials, credentials.google != nil || credentials.impersonate != nil else {
            return try calendars
        }
        let key: ServiceAccountKey
        if let variable = credentials.google {
            let (json, source) = try Settings.key(pool.value(of: variable, for: "google"), variable.name)
            pool.secrets.note(keyFile: json)
            key = try ServiceAccountKey(json: json, source: source)
        } else {
            key = try account.get()
        }
        return pool.google(key, as: credentials.impersonate)
    }
}
