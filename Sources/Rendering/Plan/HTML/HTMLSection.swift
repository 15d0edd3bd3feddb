import ReconcileModel

/// One organization of the page.
struct HTMLSection {
    private let section: PlanView.Section
    private let number: Int

    init(_ section: PlanView.Section, number: Int) { (self.section, self.number) = (section, number) }

    var html: HTML {
        let zone: HTML = section.zone.map { "<p>Times in \($0).</p>\n" } ?? .empty
        return """
            <section aria-labelledby="organization-\(number)">
            <h2 id="organization-\(number)"><bdi>\(section.name)</bdi> <small>\(section.prefix), \(HTML.sentence(section.calm ?? section.statusWords))</small></h2>
            \(facts)\(zone)\(HTMLMonths(section).html)\(changes)</section>

            """
    }

    static func problem(_ problem: PlanView.Problem) -> HTML {
        "<li class=\"problem\"><strong>\(problem.kind):</strong> \(HTML.sentence(problem.text))</li>\n"
    }

    private var facts: HTML {
        var items = section.problems.map(Self.problem)
        items += section.warnings.map { "<li class=\"warning\"><strong>warning:</strong> \(HTML.sentence($0))</li>\n" }
        items += section.notes.map { "<li><strong>note:</strong> \(HTML.sentence($0))</li>\n" }
        items += section.links.map { "<li><strong>\($0.name):</strong> \(link($0.address))</li>\n" }
        if let audience = section.audience { items.append("<li><strong>seen by:</strong> \(audience)</li>\n") }
        return items.isEmpty ? .empty : "<ul class=\"facts\">\n\(items)</ul>\n"
    }

    private func link(_ address: String) -> HTML {
        guard address.hasPrefix("https://") else { return "\(address)" }
        return "<a href=\"\(address)\" rel=\"noopener noreferrer\">\(address)</a>"
    }

    private var changes: HTML {
        guard !section.lines.isEmpty else { return .empty }
        let rows = section.urgentFirst.map(row)
        let hasEnds = section.lines.contains { $0.end != nil }
        return """
            <table class="changes" role="table">
            <caption>Changes of <bdi>\(section.name)</bdi></caption>
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Change</th><th scope="col" role="columnheader">When</th>\
            <th scope="col" role="columnheader">What</th><th scope="col" role="columnheader">Why</th>\
            \(hasEnds ? "<th scope=\"col\" role=\"columnheader\">Outcome</th>" as HTML : .empty)</tr></thead>
            <tbody role="rowgroup">
            \(rows)</tbody>
            </table>

            """
    }

    private func row(_ line: PlanLineView) -> HTML {
        let kind: HTML = line.kind.map { "\($0) " } ?? .empty
        let end: HTML = line.end.map { "<td role=\"cell\" class=\"\(tone($0.tone))\">\($0.words)</td>" } ?? .empty
        let fields: HTML =
            line.fields.isEmpty ? .empty : "<ul class=\"fields\">\(line.fields.map(field))</ul>"
        return """
            <tr role="row" class="\(line.word)"><td role="cell" class="sign">\(line.word)</td><td role="cell">\(line.when ?? "")</td>\
            <td role="cell">\(kind)<strong><bdi>\(line.title)</bdi></strong>\(fields)</td><td role="cell">\(line.note)</td>\(end)</tr>

            """
    }

    private func field(_ field: PlanLineView.Field) -> HTML {
        "<li><span class=\"name\">\(field.name)</span> \(value(field.value))</li>"
    }

    private func value(_ value: PlanLineView.Field.Value) -> HTML {
        switch value {
        case .one(let text): "<bdi>\(text)</bdi>"
        case .replaced(let before, let after):
            """
            <del>\(Self.hidden("before: "))<bdi>\(before)</bdi></del> <span aria-hidden="true">→</span> \
            <ins>\(Self.hidden("after: "))<bdi>\(after)</bdi></ins>
            """
        case .edited(let parts): HTML(parts.map(part))
        }
    }

    private func part(_ part: WordDifference.Part) -> HTML {
        switch part {
        case .same(let text): "\(text)"
        case .removed(let text): "<del>\(Self.hidden("removed: "))\(text)</del>"
        case .added(let text): "<ins>\(Self.hidden("added: "))\(text)</ins>"
        }
    }

    private func tone(_ tone: PlanLineView.End.Tone) -> String {
        switch tone {
        case .good: "good"
        case .doubtful: "doubtful"
        case .bad: "bad"
        }
    }

    /// What those who see know by its look.
    static func hidden(_ words: String) -> HTML { "<span class=\"hidden\">\(words)</span>" }
}
