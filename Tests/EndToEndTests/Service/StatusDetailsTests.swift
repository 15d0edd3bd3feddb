import Emulation
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// The status page is public, and pages that were never published are not.
struct StatusDetailsTests {
    private static let secret = "A draft about nobody's business"

    private static func withDraft(
        _ arguments: [String] = [],
        _ body: @escaping @Sendable (ServiceScenario) async throws -> Void
    ) async throws {
        try await Scenario.run(pages: 2) { scenario in
            let backwards = JSONText(NotionProperty.date("2027-02-02", end: "2027-02-01"))
            try scenario.editPage(0) { $0.values[NotionProperty.events[1].id] = backwards }
            try scenario.retitle(0, secret)
            try await ServiceScenario.run(in: scenario, arguments) { service in
                #expect(try await service.post("/api/calendar/acm/sync").status == 200)
                try await body(service)
            }
        }
    }

    private static func showsDetails(_ service: ServiceScenario, _ fields: HTTPFields = [:]) async throws -> Bool {
        let page = try await service.get("/", fields)
        #expect(page.status == 200)
        let id = World.page(0).filter { $0 != "-" }
        #expect(page.text.contains(id) == page.text.contains("draft about"))
        #expect(page.text.contains("1 warning"))
        return page.text.contains(id)
    }

    @Test func `strangers see counts and kinds, and nothing of the pages`() async throws {
        try await Self.withDraft { service in
            #expect(try await !Self.showsDetails(service))
            let page = try await service.get("/").text
            #expect(page.contains("Pages without a usable date, whose events stay as they are: 1"))
            #expect(try await !Self.showsDetails(service, [.authorization: "Bearer wrong"]))
            #expect(try await !Self.showsDetails(service, [.cookie: "reconcile_status=9999999999.00"]))
        }
    }

    @Test func `the token shows the details, also through a proxy, and nobody keeps them`() async throws {
        try await Self.withDraft { service in
            var fields: HTTPFields = [.authorization: "Bearer \(ServiceScenario.token)"]
            #expect(try await Self.showsDetails(service, fields))
            if let name = HTTPField.Name("X-Forwarded-For") { fields[name] = "192.0.2.1" }
            let page = try await service.get("/", fields)
            #expect(page.text.contains("draft about"))
            #expect(page.headers[.cacheControl] == "private, no-store")
            #expect(page.headers[.vary]?.contains("Authorization") == true)
        }
    }

    @Test func `browsers sign in once, with the token as the password`() async throws {
        try await Self.withDraft { service in
            let asked = try await service.get("/?sign-in")
            #expect(asked.status == 401)
            #expect(asked.headers[.wwwAuthenticate]?.hasPrefix("Basic ") == true)
            let credentials = Data("me:\(ServiceScenario.token)".utf8).base64EncodedString()
            let signedIn = try await service.get("/?sign-in", [.authorization: "Basic \(credentials)"])
            #expect(signedIn.status == 303)
            let cookie = try #require(signedIn.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            #expect(!cookie.contains(ServiceScenario.token))
            let pair = String(cookie.prefix { $0 != ";" })
            #expect(try await Self.showsDetails(service, [.cookie: "other=1; \(pair)"]))
            #expect(try await !Self.showsDetails(service, [.cookie: pair + "0"]))
            service.clock.advance(by: .seconds(43_201))
            #expect(try await !service.get("/", [.cookie: pair]).text.contains("draft about"))
        }
    }

    @Test func `tokens cannot be tried here as often as one likes`() async throws {
        try await Self.withDraft(["--write-limit", "2"]) { service in
            for status in [200, 200, 429] {
                let answer = try await service.get("/", [.authorization: "Bearer wrong"])
                #expect(answer.status == status)
            }
            #expect(try await service.get("/").status == 200)
        }
    }

    @Test(arguments: ["Forwarded", "Via", "X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Proto"])
    func `details for this machine are none for what a proxy brings`(name: String) async throws {
        try await Self.withDraft(["--status-details"]) { service in
            #expect(try await Self.showsDetails(service))
            let field = try #require(HTTPField.Name(name))
            #expect(try await !Self.showsDetails(service, [field: "for=192.0.2.1"]))
        }
    }

    @Test func `details for this machine are refused where others reach it`() async throws {
        try await Scenario.run(pages: 1) { scenario in
            for host in ["0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example.org"] {
                let ran = await scenario.reconcile("serve", "--port", "0", "--status-details", "--host", host)
                #expect(ran.code != 0)
                #expect(ran.errors.contains("--status-details would show drafts"), "\(ran.errors)")
            }
        }
    }
}
