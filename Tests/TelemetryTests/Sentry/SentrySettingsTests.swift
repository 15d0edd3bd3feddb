import ReconcileModel
import Telemetry
import Testing

struct SentrySettingsTests {
    @Test(arguments: [
        ("https://abc@o1.ingest.sentry.io/42", "https", "o1.ingest.sentry.io", "/api/42/envelope/"),
        ("https://abc:old@sentry.example.org:9000/a/b/7", "https", "sentry.example.org:9000", "/a/b/api/7/envelope/"),
        ("http://abc@127.0.0.1:8000/0/", "http", "127.0.0.1:8000", "/api/0/envelope/"),
        ("http://abc@localhost/1", "http", "localhost", "/api/1/envelope/"),
        ("http://abc@[::1]:80/1", "http", "[::1]:80", "/api/1/envelope/"),
    ])
    func `a DSN says where reports go`(text: String, scheme: String, authority: String, path: String) throws {
        let dsn = try SentryDSN(text)
        #expect(dsn.scheme == scheme)
        #expect(dsn.authority == authority)
        #expect(dsn.path == path)
    }

    @Test(arguments: [
        ("secretkey", "address"), ("ftp://secretkey@host/1", "address"), ("https://secretkey@/1", "address"),
        ("https://host/1", "no key"), ("https://@host/1", "no key"), ("https://secretkey,%20x@host/1", "no key"),
        ("https://secretkey@host", "project"), ("https://secretkey@host/a%20b", "project"),
        ("http://secretkey@sentry.example.org/1", "Plain http"), ("http://secretkey@127.0.0.1.example.org/1", "Plain"),
    ])
    func `a wrong DSN is explained and not quoted`(text: String, reason: String) {
        let failure = #expect(throws: Failure.self) { try SentryDSN(text) }
        #expect(failure?.code == "sentry_dsn_invalid")
        #expect(failure?.description.contains(reason) == true)
        #expect(failure?.description.contains("secretkey") == false)
    }

    @Test func `nothing is reported unless asked for`() throws {
        #expect(try SentrySettings([:], version: "1") == nil)
        #expect(try SentrySettings(["SENTRY_DSN": ""], version: "1") == nil)
    }

    @Test func `settings have the defaults of Sentry's own clients`() throws {
        var environment = ["SENTRY_DSN": "https://k@h/1"]
        let standard = try #require(try SentrySettings(environment, version: "1.2"))
        #expect(standard.environment == "production")
        #expect(standard.release == "reconcile@1.2")
        #expect(standard.tracesSampleRate == 0)
        environment["SENTRY_ENVIRONMENT"] = "staging"
        environment["SENTRY_RELEASE"] = "abc"
        environment["SENTRY_TRACES_SAMPLE_RATE"] = "0.25"
        let given = try #require(try SentrySettings(environment, version: "1.2"))
        #expect((given.environment, given.release, given.tracesSampleRate) == ("staging", "abc", 0.25))
    }

    @Test(arguments: ["1.5", "-0.1", "nan", "all"])
    func `a rate is a part of one`(rate: String) {
        #expect(throws: Failure.self) {
            try SentrySettings(["SENTRY_DSN": "https://k@h/1", "SENTRY_TRACES_SAMPLE_RATE": rate], version: "1")
        }
    }
}
