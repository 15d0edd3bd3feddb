import CalendarAPI
import NotionAPI
package import ReconcileModel
package import Telemetry
import Tracing
package import Transport

/// The clients of both services, over one transport.
package struct Clients: Sendable {
    /// As organizations reach Notion that name no credential; why they cannot, where there is none.
    let notion: Result<NotionClient, Failure>
    /// For spans around what is done with the clients.
    let tracer: any Tracer
    /// The service account of those that name none.
    let account: Result<ServiceAccountKey, Failure>
    let pool: ClientPool
    let heedsCredentials: Bool
    private let google: Result<CalendarClient, Failure>
    private let counter = RequestCounter()
    private let transport: CurlTransport

    /// - Parameters:
    ///   - heedsCredentials: whether organizations are reached with the credentials that they name.
    ///   - environment: names proxies and certificates.
    ///   - version: of this program, for the services' logs.
    ///   - timeouts: how long an answer may take.
    ///   - now: the time of day, for access tokens.
    ///   - secrets: gets every secret that is used.
    /// - Throws: where there is no Google key that can be used, unless the settings say that it is optional.
    package init(
        _ settings: Settings,
        heedsCredentials: Bool = true,
        environment: [String: String],
        version: String,
        timeouts: CurlTransport.Timeouts,
        now: @escaping @Sendable () -> Timestamp,
        secrets: KnownSecrets = KnownSecrets(),
        instruments: Instruments
    ) throws(Failure) {
        var configuration = CurlTransport.Configuration(environment: environment, version: version)
        configuration.timeouts = timeouts
        let curl = CurlTransport(configuration: configuration)
        transport = curl
        tracer = instruments.tracer
        let retrying = { @Sendable [counter] (api: String, bucket: TokenBucket, classifier: ResponseClassifier) in
            RetryingTransport(
                curl,
                api: api,
                bucket: bucket,
                classifier: classifier,
                counter: counter,
                instruments: instruments
            )
        }
        let pool = ClientPool(environment: environment, secrets: secrets) { token in
            NotionClient(
                baseURL: settings.notionURL,
                token: token,
                transport: retrying("notion", settings.notionPace, .notion)
            )
        } transport: {
            retrying("google", settings.googlePace, .googleCalendar)
        } google: { key, person, google in
            CalendarClient(
                baseURL: settings.googleURL,
                tokens: AccessTokenSource(
                    key: key,
                    impersonate: person,
                    transport: google,
                    now: { now().secondsSince1970 }
                ),
                transport: google,
                retry: CallRetry(clock: instruments.clock, random: instruments.random)
            )
        }
        self.pool = pool
        self.heedsCredentials = heedsCredentials
        if let token = settings.notionToken { secrets.note(token) }
        if let key = settings.googleKey { secrets.note(keyFile: key.json) }
        notion =
            settings.notionToken.map { .success(pool.notion($0)) } ?? .failure(Settings.missing(["NOTION_API_KEY"]))
        account = try Self.account(settings)
        google = account.map { pool.google($0, as: settings.impersonated) }
    }

    /// - Returns: why there is none, where something can be done without.
    private static func account(_ settings: Settings) throws(Failure) -> Result<ServiceAccountKey, Failure> {
        guard let key = settings.googleKey else {
            return .failure(settings.googleProblem ?? Settings.missing(["GOOGLE_SERVICE_ACCOUNT"]))
        }
        do throws(Failure) { return .success(try ServiceAccountKey(json: key.json, source: key.source)) } catch {
            guard settings.googleIsOptional else { throw error }
            return .failure(error)
        }
    }

    /// As organizations reach Google that name no credential.
    ///
    /// - Throws: where no Google key was given, or one that cannot be used, which only the service can do without.
    var calendars: CalendarClient {
        get throws(Failure) { try google.get() }
    }

    /// What went over the wire so far.
    package var requests: RequestTotals {
        let (notion, google) = (counter.counts(of: "notion"), counter.counts(of: "google"))
        return RequestTotals(notion: notion.requests, google: google.requests, googleBatched: google.batchedCalls)
    }

    package func close() { transport.close() }
}

extension Settings {
    // A little below the limits, with room for a burst, so that any minute stays within what the services allow.

    fileprivate var googlePace: TokenBucket {
        TokenBucket(ratePerSecond: googleRate * 0.9 / 60, burst: max(1, Int(googleRate / 10)))
    }

    fileprivate var notionPace: TokenBucket {
        TokenBucket(ratePerSecond: notionRate * 0.9, burst: max(1, Int(notionRate * 4)))
    }
}
