import Foundation
import Mustache
import Signing

/// The page at `/`, for people: HTML that works without scripts, from templates that are read once.
package struct StatusPage: Sendable {
    private let templates: MustacheLibrary
    private let page: MustacheTemplate

    /// - Throws: where a template cannot be read, which the tests rule out.
    package init() throws {
        MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
        page = try MustacheTemplate(string: StatusPageTemplates.page)
        templates = MustacheLibrary(templates: [
            "organization": try MustacheTemplate(string: StatusPageTemplates.organization),
            "runs": try MustacheTemplate(string: StatusPageTemplates.runs),
            "moment": try MustacheTemplate(string: StatusPageTemplates.moment),
        ])
    }

    package func render(_ content: StatusPageContent) -> String {
        page.render(StatusPageView(content), library: templates)
    }

    /// Lets in nothing but the page's own style and the icon within it.
    ///
    /// <https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy>
    package static let contentSecurityPolicy: String = {
        let hash = Digest.sha256(StatusPageStyle.css).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(hash)'; img-src data:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'"
    }()

    /// What is answered with the page, besides its type.
    package static let headers: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentSecurityPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}
