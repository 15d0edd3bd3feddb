import Foundation
import ReconcileModel
import Rendering
import Testing
import TestSupport

/// Text that somebody else wrote does nothing in any format, wherever it stands: made up from what has meaning somewhere.
struct HostileTextTests {
    private static let fragments = [
        "@everyone", "@org/team", "a@b.example", "#12", "GH-12", "https://evil.example/x", "www.evil.example",
        "[x](https://evil.example)", "![x](https://evil.example/i.png)", "<script>alert(1)</script>", "<!--", "-->",
        "</details>", "</code>", "</td></tr></table>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "&#64;", "`", "``",
        "```", "~~~", "*", "**", "_", "~~", "|", "\\", "\\|", "\\`", "# ", "> ", "- ", "1. ", "---", ":tada:", "$x$",
        "::error::x", " ::error file=a::x", "\u{A0}::warning::x", "##[error]x", "##vso[task.complete]",
        "::stop-commands::x",
        "%0A::error::x", "\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{B}", "\t", "\u{0}", "\u{1B}[31m", "\u{9B}2J",
        "\u{1B}]0;x\u{7}", "\u{202E}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{200B}", "\u{FEFF}", "\u{200D}",
        "\u{301}",
        "\"", "'", "&", "<", ">", "=", ";", ",", "%", "é", "日本", "👩‍👩‍👧‍👦", " ", "  ", "word", "reconcile:plan",
        "javascript:alert(1)", "expression(", "{{x}}", "${{ secrets.X }}",
    ]

    private static func text(_ random: inout SeededGenerator) -> String {
        if random.chance(5) { return String(repeating: fragments.randomElement(using: &random) ?? "", count: 8_000) }
        return (0..<Int.random(in: 0...12, using: &random)).map { _ in fragments.randomElement(using: &random) ?? "" }
            .joined()
    }

    private static func plan(seed: UInt64) -> PlanOutput {
        var random = SeededGenerator(seed: seed)
        func text() -> String { Self.text(&random) }
        let failure = Failure(code: "x", message: text(), hint: text())
        var organization = Organization.sample(name: text())
        organization.source = SourceLocation(file: text(), line: 3, column: 1)
        let update = RenderingSamples.update(2, fields: [.summary, .location, .description], reason: .edited) { event in
            (event.summary, event.location, event.description) = (text(), text(), text())
        }
        let creation = RenderingSamples.plan(titles: [text()]).organizations[0].lines[0]
        let told = PageWrite(page: .number(3), title: text(), values: [.status: .init(text(), .text(text()))])
        let refused = EventRefusal(
            action: .delete,
            page: .number(4),
            event: EventID(rawValue: "x"),
            content: nil,
            message: text()
        )
        let lines: [PlanLine] = [
            creation, update, .held(creation.change ?? .page(told)), .pending(.page(told)), .refused(refused),
        ]
        var plan = OrganizationPlan.planned(organization, lines)
        plan.work?.refusal = random.chance(50) ? failure : nil
        plan.work?.audience = Audience(live: [], account: text())
        plan.warnings = [Warning(code: "x", message: text())]
        plan.notes = [text()]
        let mistake = Diagnostic(location: organization.source, message: text(), hint: text())
        var broken = organization
        broken.prefix = text()
        let plans = [plan, OrganizationPlan(.misdeclared([mistake]), of: broken), .failed(organization, text())]
        let outcomes: [Outcome] = [
            .failed(failure), .stale(text()), .skipped(text()), .skipped(text()), .skipped(text()),
        ]
        guard random.chance(50) else { return .plan(Plan(organizations: plans)) }
        let report = OrganizationReport(plan: plan, outcomes: outcomes)
        return .report(Report(organizations: [report, OrganizationReport(plan: plans[1], outcomes: [])]))
    }

    private static let seeds = 1...150 as ClosedRange<UInt64>

    @Test(arguments: seeds)
    func `no format lets it out of its place`(seed: UInt64) throws {
        let output = Self.plan(seed: seed)
        for format in PlanFormat.allCases {
            let text = output.text(as: format, Look(style: TextStyle(isColored: false)))
            let printed = format.isCommands ? text : text.withoutCommands
            // Whatever a terminal, a log or a job obeys.
            for scalar in printed.unicodeScalars where scalar != "\n" {
                let isObeyed =
                    scalar.properties.generalCategory == .control
                    || ("\u{202A}"..."\u{202E}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar)
                #expect(!isObeyed, "\(format): U+\(String(scalar.value, radix: 16)), seed \(seed)")
            }
            #expect(printed.firstMatch(of: /##[A-Za-z_-]*\[/) == nil, "\(format), seed \(seed)")
            for line in printed.split(whereSeparator: \.isNewline) {
                let start = line.drop { $0.isWhitespace }
                guard start.hasPrefix("::") else { continue }
                let isOurs = start.hasPrefix("::error ") || start.hasPrefix("::warning ")
                #expect(format == .github && isOurs, "\(format): \(line.prefix(200)), seed \(seed)")
            }
            switch format {
            case .text: break
            case .json: _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
            case .markdown: Self.checkMarkdown(text, seed)
            case .html: Self.checkHTML(text, seed)
            case .github: Self.checkCommands(text, seed)
            }
        }
    }

    /// Outside of code spans nothing is left that is markup, a mention or a link; what a span is, is found as CommonMark says.
    private static func checkMarkdown(_ text: String, _ seed: UInt64) {
        #expect(text.utf8.count < 65_536, "seed \(seed)")
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.removeFirst() == "<!-- reconcile:\(text.contains("what was done") ? "report" : "plan") -->")
        for line in lines {
            let isBlock = line.hasPrefix("<details") || line == "</details>"
            let rest =
                isBlock
                ? line.replacing(/<code>[^<]*<\/code>/.matchingSemantics(.unicodeScalar), with: "") : withoutCode(line)
            let markup =
                isBlock
                ? rest.replacing(/<\/?(details( open)?|summary|b)>/.matchingSemantics(.unicodeScalar), with: "") : rest
            for mark in ["<", ">", "@", "`", "http", "www", "](", "#1", "GH-", "$", "\\"] {
                let isFree = Array(markup.utf8).firstRange(of: Array(mark.utf8)) == nil
                #expect(isFree, "\(mark) in \(line.prefix(300)), seed \(seed)")
            }
        }
    }

    /// <https://spec.commonmark.org/0.31.2/#code-spans>
    private static func withoutCode(_ line: Substring) -> Substring {
        var (result, rest) = (String.UnicodeScalarView(), line.unicodeScalars[...])
        while let start = rest.firstIndex(of: "`") {
            result += rest[..<start]
            let fence = rest[start...].prefix { $0 == "`" }
            rest = rest[start...].dropFirst(fence.count)
            var behind = rest
            var end: String.Index?
            while let next = behind.firstIndex(of: "`"), end == nil {
                let run = behind[next...].prefix { $0 == "`" }
                if run.count == fence.count { end = next }
                behind = behind[next...].dropFirst(run.count)
            }
            guard let end else { return Substring(String(result + fence + rest)) }
            rest = rest[end...].dropFirst(fence.count)
        }
        return Substring(String(result + rest))
    }

    /// Every tag is one of ours, and every element is closed in order.
    private static func checkHTML(_ text: String, _ seed: UInt64) {
        let body = text[(text.range(of: "</style>")?.upperBound ?? text.startIndex)...]
        let known: Set<Substring> = [
            "head", "body", "header", "h1", "h2", "p", "main", "section", "div", "table", "caption", "thead", "tbody",
            "tr",
            "th", "td", "ul", "li", "strong", "small", "bdi", "del", "ins", "span", "a", "fieldset", "legend", "label",
            "input", "abbr", "time", "html", "code",
        ]
        var open: [Substring] = ["html", "head"]
        for tag in body.matches(of: /<(\/?)([^\s>]*)([^>]*)>/.matchingSemantics(.unicodeScalar)) {
            let (isEnd, name) = (!tag.1.isEmpty, tag.2)
            #expect(known.contains(name), "<\(name)>, seed \(seed)")
            if isEnd { #expect(open.popLast() == name, "seed \(seed)") } else if name != "input" { open.append(name) }
            #expect(!tag.3.contains("onerror") || tag.3.contains("&"), "seed \(seed)")
        }
        #expect(open.isEmpty, "seed \(seed)")
        #expect(!body.contains("<script") && !body.contains("href=\"javascript"), "seed \(seed)")
    }

    /// What GitHub's runner reads of a command is what it was made of, and nothing more.
    private static func checkCommands(_ text: String, _ seed: UInt64) {
        for line in text.split(separator: "\n") where line.hasPrefix("::") {
            let match = line.firstMatch(of: /^::(error|warning) ([^:]*)::/.matchingSemantics(.unicodeScalar))
            let properties = match?.2.unicodeScalars.split(separator: ",").map { String($0.prefix { $0 != "=" }) } ?? []
            #expect(properties == ["file", "line", "col", "title"] || properties == ["title"], "\(line), seed \(seed)")
        }
    }
}
