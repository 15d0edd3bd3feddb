import ReconcileModel

/// Plans and reports as one file for a browser: a table of all organizations, and for each what changes, in months and as a list.
///
/// It needs nothing from elsewhere, no script, and lets none in. What it says by colour and place it says in words, too.
struct HTMLRenderer {
    func render(_ view: PlanView) -> String {
        let sections = view.urgentFirst
        let parts = sections.filter(\.hasDetails).enumerated().map { HTMLSection($1, number: $0 + 1).html }
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>reconcile: \(view.kind.title)</title>
            <style>\(PlanStyle.css)</style>
            </head>
            <body>
            <header>
            <h1>reconcile: \(view.kind.title)</h1>
            \(closing(view))
            </header>
            <main>
            \(problems(view))\(table(sections, isReport: view.kind == .report))\(parts)</main>
            </body>
            </html>

            """
        return page.text
    }

    private func closing(_ view: PlanView) -> HTML {
        HTML(
            view.closing.split(separator: "\n").map {
                "<p class=\"closing\">\(HTML.sentence(String($0)))</p>\n" as HTML
            }
        )
    }

    private func problems(_ view: PlanView) -> HTML {
        guard !view.problems.isEmpty else { return .empty }
        return "<ul class=\"facts\">\(view.problems.map(HTMLSection.problem))</ul>\n"
    }

    private func table(_ sections: [PlanView.Section], isReport: Bool) -> HTML {
        guard !sections.isEmpty else { return .empty }
        let verbs = isReport ? ["Created", "Updated", "Deleted", "Not made"] : ["Create", "Update", "Delete"]
        let heads = (verbs + ["Blocked", "Waiting", "Warnings"]).map {
            "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML
        }
        var number = 0
        let rows = sections.map { section -> HTML in
            if section.hasDetails { number += 1 }
            return row(section, section.hasDetails ? number : nil, isReport: isReport)
        }
        return """
            <div class="wide"><table class="summary">
            <caption>\(counted(sections.count, "organization"))</caption>
            <thead><tr><th scope="col">Organization</th><th scope="col">Status</th>\(heads)</tr></thead>
            <tbody>
            \(rows)</tbody>
            </table></div>

            """
    }

    private func row(_ section: PlanView.Section, _ number: Int?, isReport: Bool) -> HTML {
        let tally = section.tally
        let numbers =
            [tally.create, tally.update, tally.delete] + (isReport ? [tally.failed] : [])
            + [tally.held, tally.pending, section.warnings.count]
        let cells = numbers.map { "<td class=\"number\($0 == 0 ? " zero" : "")\">\($0)</td>" as HTML }
        let name: HTML = "<bdi>\(section.name)</bdi>"
        let linked: HTML = number.map { "<a href=\"#organization-\($0)\">\(name)</a>" } ?? name
        return """
            <tr><th scope="row">\(linked)</th><td class="status is-\(section.status.rawValue)">\(HTML.sentence(section.calm ?? section.statusWords))</td>\(cells)</tr>

            """
    }
}
