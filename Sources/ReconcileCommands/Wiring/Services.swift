import CalendarAPI
import Foundation
import Logging
import Metrics
import NotionAPI
import ReconcileModel
import Tracing
import Transport

/// The clients of both services, over one transport.
struct Services: Sendable {
    let notion: NotionClient
    /// For spans around what is done with the clients.
    let tracer: any Tracer
    private let google: Result<CalendarClient, Failure>
    private let counter = RequestCounter()
    private let transport: CurlTransport

    /// - Parameters:
    ///   - environment: names proxies and certificates.
    ///   - metrics: where calls of the APIs are counted; nowhere unless told.
    ///   - tracer: gets a span for each call; none unless told.
    init(
        _ settings: Settings,
        environment: [String: String],
        timing: Timing,
        logger: Logger,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        tracer: any Tracer = NoOpTracer()
    ) throws(Failure) {
        var configuration = CurlTransport.Configuration(environment: environment, version: Version.number)
        configuration.timeouts = timing.timeouts
        let curl = CurlTransport(configuration: configuration)
        transport = curl
        self.tracer = tracer
        let clock = timing.clock
        let random: @Sendable () -> Double = { Double.random(in: 0..<1) }
        // A little below the limits, with room for a burst, so that any minute stays within what the services allow.
        let google = RetryingTransport(
            curl,
            api: "google",
            bucket: TokenBucket(
                ratePerSecond: settings.googleRate * 0.9 / 60,
                burst: max(1, Int(settings.googleRate / 10))
            ),
            classifier: .googleCalendar,
            counter: counter,
            logger: logger,
            metrics: metrics,
            tracer: tracer,
            clock: clock,
            random: random
        )
        let notionTransport = RetryingTransport(
            curl,
            api: "notion",
            bucket: TokenBucket(ratePerSecond: settings.notionRate * 0.9, burst: max(1, Int(settings.notionRate * 4))),
            classifier: .notion,
            counter: counter,
            logger: logger,
            metrics: metrics,
            tracer: tracer,
            clock: clock,
            random: random
        )
        notion = NotionClient(baseURL: settings.notionURL, token: settings.notionToken, transport: notionTransport)
        guard let key = settings.googleKey else {
            self.google = .failure(settings.googleProblem ?? Settings.missing(["GOOGLE_SERVICE_ACCOUNT"]))
            return
        }
        let account: ServiceAccountKey
        do throws(Failure) { account = try ServiceAccountKey(json: key.json, source: key.source) } catch {
            guard settings.googleIsOptional else { throw error }
            self.google = .failure(error)
            return
        }
        let tokens = AccessTokenSource(
            key: account,
            impersonate: settings.impersonated,
            transport: google,
            now: { timing.now().secondsSince1970 }
        )
        self.google = .success(
            CalendarClient(
                baseURL: settings.googleURL,
                tokens: tokens,
                transport: google,
                retry: CallRetry(clock: clock, random: random)
            )
        )
    }

    /// - Throws: where no Google key was given, or one that cannot be used, which only the service can do without.
    var calendars: CalendarClient {
        get throws(Failure) { try google.get() }
    }

    /// What went over the wire so far.
    var requests: RequestTotals {
        let (notion, google) = (counter.counts(of: "notion"), counter.counts(of: "google"))
        return RequestTotals(notion: notion.requests, google: google.requests, googleBatched: google.batchedCalls)
    }

    func close() { transport.close() }
}
