import Foundation
import ReconcileModel
import Serving
import Signing
import Testing
import TestSupport

struct StatusPageTests {
    private let page: StatusPage

    init() throws { page = try StatusPage() }

    @Test func `a page with everything`() {
        expectGolden(page.render(StatusPageSamples.busy), named: "status-page.html")
    }

    @Test func `a page with nothing`() {
        let content = StatusPageContent(now: .day(0), version: "1.0.0")
        expectGolden(page.render(content), named: "status-page-empty.html")
    }

    @Test(arguments: [StatusPageSamples.busy, StatusPageSamples.hostile, StatusPageContent(now: .day(0), version: "1")])
    func `it is well-formed`(content: StatusPageContent) throws {
        let reader = try HTMLReader(page.render(content))
        #expect(reader.ids.count == Set(reader.ids).count)
        let references = reader.elements.flatMap { $0.attributes.filter { $0.key == "aria-labelledby" }.values }
        #expect(Set(references).isSubset(of: Set(reader.ids)))
        #expect(reader.elements.filter { $0.name == "h1" }.count == 1)
        #expect(reader.elements.allSatisfy { element in !element.attributes.keys.contains { $0.hasPrefix("on") } })
        #expect(!reader.elements.contains { ["script", "iframe", "img", "form"].contains($0.name) })
        #expect(reader.elements.allSatisfy { $0.attributes["style"] == nil })
    }

    @Test func `text from outside stays text`() throws {
        let html = page.render(StatusPageSamples.hostile)
        #expect(!html.contains("<script"))
        // A quotation mark with an accent upon it ends an attribute as any other does.
        #expect(html.unicodeScalars.contains("\u{301}"))
        let reader = try HTMLReader(html)
        #expect(reader.elements.allSatisfy { $0.attributes["onclick"] == nil })
        #expect(reader.text.contains("<script>alert(1)</script>"))
        #expect(reader.text.contains("{{version}}"))
        #expect(!html.unicodeScalars.contains("\u{0}"))
    }

    @Test func `the policy lets in the style of the page, and nothing else`() throws {
        let html = page.render(StatusPageSamples.busy)
        let style = try #require(
            html.firstRange(of: "<style>").flatMap { start in
                html.firstRange(of: "</style>").map { html[start.upperBound..<$0.lowerBound] }
            }
        )
        let hash = Digest.sha256(String(style)).base64EncodedString()
        #expect(
            StatusPage.contentSecurityPolicy
                == "default-src 'none'; style-src 'sha256-\(hash)'; img-src data:; base-uri 'none'; "
                + "form-action 'none'; frame-ancestors 'none'"
        )
        #expect(StatusPage.headers.first?.value == StatusPage.contentSecurityPolicy)
    }

    @Test(
        arguments: [
            (nil, nil), ("https://cal.example.org", "webcal://cal.example.org/api/calendar/acm/events.ics"),
            ("http://127.0.0.1:8000/", "webcal://127.0.0.1:8000/api/calendar/acm/events.ics"),
            ("http://[::1]:8000", "webcal://[::1]:8000/api/calendar/acm/events.ics"),
            ("javascript:alert(1)", nil), ("https://a.example/\" onclick=\"x", nil), ("https://", nil), ("", nil),
            ("https://user@evil.example", nil),
        ] as [(String?, String?)]
    )
    func `the subscription is a link where the host is known`(baseURL: String?, link: String?) throws {
        var content = StatusPageContent(now: .day(0), version: "1", baseURL: baseURL)
        content.organizations = [OrganizationStatus(prefix: "acm", name: "ACM", state: .syncing)]
        let links = try HTMLReader(page.render(content)).elements.compactMap { $0.attributes["href"] }
        #expect(links.first { $0.hasPrefix("webcal") } == link)
        #expect(links.contains("/api/calendar/acm/events.ics"))
    }

    @Test(arguments: [OrganizationStatus.State.inactive, .unconfigured])
    func `an organization that has no events to show has no links`(state: OrganizationStatus.State) throws {
        var content = StatusPageContent(now: .day(0), version: "1", baseURL: "https://cal.example.org")
        content.organizations = [
            OrganizationStatus(prefix: "acm", name: "ACM", state: state, calendar: .sample)
        ]
        let links = try HTMLReader(page.render(content)).elements.compactMap { $0.attributes["href"] }
        #expect(links.filter { $0.contains("acm") }.isEmpty)
    }

    @Test(
        arguments: [
            ([], "No organizations are declared yet"), ([.syncing], "The one organization is in order"),
            ([.syncing, .syncing], "All 2 organizations are in order"),
            ([.syncing, .paused, .inactive], "1 of 3 organizations is in order, 2 not synchronized"),
            ([.syncing, .syncing, .pending], "2 of 3 organizations are in order, 1 not synchronized"),
            ([.unconfigured], "The one organization is not synchronized"),
            ([.paused, .unconfigured], "None of the 2 organizations is synchronized"),
            ([.unsynchronized], "The one organization needs attention"),
            ([.failed("x")], "The one organization needs attention"),
            ([.syncing, .failed("x")], "1 of 2 organizations needs attention"),
            ([.onHold(RunID(rawValue: 3)), .failed("x")], "2 of 2 organizations need attention"),
        ] as [([OrganizationStatus.State], String)]
    )
    func `the headline tells whether somebody is needed`(states: [OrganizationStatus.State], headline: String) {
        let organizations = states.enumerated().map { index, state in
            OrganizationStatus(prefix: "org\(index)", name: "Org", state: state)
        }
        let html = page.render(StatusPageContent(now: .day(0), version: "1", organizations: organizations))
        #expect(html.contains("<h1>\(headline)</h1>"))
    }

    @Test(arguments: [
        (0, "just now"), (-59, "just now"), (-60, "1 minute ago"), (-7_199, "119 minutes ago"), (-7_200, "2 hours ago"),
        (-172_799, "47 hours ago"), (-172_800, "2 days ago"), (-5_184_000, "2 months ago"),
        (-63_072_000, "2 years ago"), (1, "in a moment"), (60, "in 1 minute"), (900, "in 15 minutes"),
        (86_400, "in 24 hours"),
    ])
    func `times are told from now`(seconds: Int, text: String) {
        var content = StatusPageContent(now: .day(0), version: "1")
        content.organizations = [
            OrganizationStatus(
                prefix: "acm",
                name: "ACM",
                state: .syncing,
                syncs: OrganizationStatus.Syncs(last: content.now.adding(seconds: seconds))
            )
        ]
        #expect(page.render(content).contains("\">\(text) <span class=\"absolute\">"))
    }

    @Test func `at most twenty runs are shown, and the chart has them all`() throws {
        let runs = (1...50).reversed().map { StatusPageSamples.run($0, created: $0) }
        let html = page.render(StatusPageContent(now: .day(0), version: "1", runs: runs))
        #expect(html.contains("The latest 20 runs, the latest first"))
        #expect(html.contains("<th scope=\"row\">31</th>"))
        #expect(!html.contains("<th scope=\"row\">30</th>"))
        let bars = try HTMLReader(html).elements.filter { $0.attributes["class"] == "created" && $0.name == "rect" }
        #expect(bars.count == 20)
        #expect(bars.last?.attributes["y"] == "0")
        #expect(bars.last?.attributes["height"] == "100")
    }
}
