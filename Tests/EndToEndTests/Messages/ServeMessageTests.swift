import Foundation
import TestSupport
import Testing

/// What people are told where the service cannot start.
struct ServeMessageTests {
    private static let fixtures = URL(filePath: TLSServer.certificate).deletingLastPathComponent()
    private static let key = fixtures.appending(path: "server-key.pem").path

    /// Runs `serve`, which must end by itself, and compares what it says with `Goldens/<name>.txt`.
    private static func expectRefusal(
        _ name: String,
        _ arguments: [String],
        in scenario: Scenario,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let ran = await scenario.reconcile(
            ["serve"] + arguments,
            environment: ["RECONCILE_API_TOKEN": "the-token-of-the-tests"]
        )
        #expect(ran.code == 1 && ran.output.isEmpty, sourceLocation: sourceLocation)
        expectGolden(
            scenario.normalized(ran.errors).replacing(fixtures.path, with: "/FIXTURES"),
            named: "\(name).txt",
            filePath: Scenario.goldens,
            sourceLocation: sourceLocation
        )
    }

    @Test func `a port that somebody else has`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let port = try #require(scenario.environment["NOTION_BASE_URL"]?.split(separator: ":").last)
            await Self.expectRefusal("serve-port-in-use", ["--port", String(port)], in: scenario)
        }
    }

    @Test(arguments: [("no-address", "no.such.host.invalid"), ("not-ours", "192.0.2.1")])
    func `an address that is none of this machine's`(name: String, host: String) async throws {
        try await Scenario.run(pages: 0) { scenario in
            await Self.expectRefusal("serve-host-\(name)", ["--port", "0", "--host", host], in: scenario)
        }
    }

    @Test func `a certificate that is not there, or is none`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            try scenario.write("not a certificate\n", to: "certificate.pem")
            for (name, certificate) in [
                ("missing", scenario.path("nowhere.pem")), ("no-pem", scenario.path("certificate.pem")),
            ] {
                let files = ["--tls-certificate", certificate, "--tls-key", Self.key]
                await Self.expectRefusal("serve-certificate-\(name)", ["--port", "0"] + files, in: scenario)
            }
        }
    }

    @Test func `a key that is not there, is locked, or belongs to another certificate`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            try scenario.write(Self.otherKey, to: "other.pem")
            try scenario.write(Self.lockedKey, to: "locked.pem")
            for name in ["nowhere", "other", "locked"] {
                let files = ["--tls-certificate", TLSServer.certificate, "--tls-key", scenario.path("\(name).pem")]
                await Self.expectRefusal("serve-key-\(name)", ["--port", "0"] + files, in: scenario)
            }
        }
    }

    @Test func `over TLS it answers those who trust the certificate`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            let files = ["--tls-certificate", TLSServer.certificate, "--tls-key", Self.key]
            try await ServiceScenario.run(in: scenario, files, trusting: TLSServer.certificate) { service in
                #expect(service.baseURL.hasPrefix("https://"))
                #expect(try await service.get("/api/calendar/acm/events").status == 200)
                let plain = try RawConnection(to: service.baseURL)
                plain.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(await plain.receive().statuses.isEmpty)
                #expect(try await service.get("/healthz").status == 200)
            }
        }
    }

    /// Made for these tests; it opens nothing.
    private static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg18TRl1KszDiGgmDZ
        coK6HznpN2+OLH/gEswR5qiFx/OhRANCAASlVj5x0ihXvU5Jy5JLFE0JVU/g2+i5
        0YIpyoOd6r/mwTICqyPmjnvLvXSgmgScd+7mE5yFnDQ02cNw7Bqz8iRc
        -----END PRIVATE KEY-----

        """

    /// The same, with the password "locked".
    private static let lockedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhtJteZA0hfJwICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEH6tYdIaWXHwegZZ/9fVr8oEgZAp
        k3rXka5ZrktzWUCQ9Up8xaDpBVauPn+gufkhKaqGFbC2nUoVM3lBaGAS+iiaubs+
        8ihqivsGGbqczagPXcxGc6lMcAMHUMsoRsIYb2bI9kjCAjR5Cf7Q38aK5FTQBWMm
        a5x11jKiccWKf5+6GpPluw7wyeSr7hC1Nrk4YOjfVn+B7QO3UqATD+nBUDXmYQM=
        -----END ENCRYPTED PRIVATE KEY-----

        """
}
