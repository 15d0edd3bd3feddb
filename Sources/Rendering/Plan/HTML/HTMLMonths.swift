import ReconcileModel

/// The months of an organization in which something changes, before and after: both at once, or one by choice, without a script.
struct HTMLMonths {
    private let section: PlanView.Section

    init(_ section: PlanView.Section) { self.section = section }

    var html: HTML {
        let (months, more) = MonthView.months(of: section)
        guard !months.isEmpty else { return .empty }
        let rest: HTML =
            more == 0 ? .empty : "<p>\(counted(more, "month")) more in which something changes: see the list.</p>\n"
        return """
            <div class="months">
            <fieldset><legend>Show the calendar of <bdi>\(section.name)</bdi></legend>
            \(choice("both", "before and after"))\(choice("before", "before"))\(choice("after", "after"))</fieldset>
            \(months.map(month))\(rest)</div>

            """
    }

    private func choice(_ value: String, _ words: String) -> HTML {
        let isChosen: HTML = value == "both" ? " checked" : .empty
        return """
            <label><input type="radio" name="span-\(section.prefix)" value="\(value)" class="\(value)"\(isChosen)> \(words)</label>

            """
    }

    private func month(_ month: MonthView) -> HTML {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map {
            "<th scope=\"col\" role=\"columnheader\"><abbr title=\"\($0)\">\(String($0.prefix(3)))</abbr></th>" as HTML
        }
        return """
            <table class="month" role="table">
            <caption>\(month.name)</caption>
            <thead role="rowgroup"><tr role="row">\(days)</tr></thead>
            <tbody role="rowgroup">
            \(month.weeks.map(week))</tbody>
            </table>

            """
    }

    private func week(_ days: [MonthView.Day]) -> HTML { "<tr role=\"row\">\(days.map(day))</tr>\n" }

    private func day(_ day: MonthView.Day) -> HTML {
        guard day.isInMonth else { return "<td role=\"cell\" class=\"outside\"></td>" }
        let date = day.date
        let number: HTML = """
            <time datetime="\(date.description)"><span class="long">\(date.weekdayName) </span>\(date.day)<span class="long"> \
            \(date.monthName)</span></time>
            """
        guard !day.entries.isEmpty else { return "<td role=\"cell\">\(number)</td>" }
        return "<td role=\"cell\" class=\"filled\">\(number)<ul>\(day.entries.map(entry))</ul></td>"
    }

    private func entry(_ entry: MonthView.Entry) -> HTML {
        let time: HTML = entry.time.map { "<span class=\"time\">\($0)</span> " } ?? .empty
        let title: HTML = "<bdi>\(entry.title.shortened(to: 80))</bdi>"
        return """
            <li class="\(Self.name(entry.span)) \(Self.name(entry.sign))"><span class="what">\(words(entry)) </span>\(time)\
            \(entry.span == .before ? "<del>\(title)</del>" : title)</li>
            """
    }

    private func words(_ entry: MonthView.Entry) -> String {
        switch (entry.sign, entry.span) {
        case (.held, _): "blocked"
        case (.pending, _): "waits"
        case (.create, _): "new"
        case (.delete, _): "goes"
        case (.update, .before): "was"
        case (.update, .after): "now"
        case (.update, .both), (.adopt, _): "changes"
        }
    }

    private static func name(_ span: MonthView.Entry.Span) -> String {
        switch span {
        case .before: "before"
        case .after: "after"
        case .both: "both"
        }
    }

    private static func name(_ sign: PlanLineView.Sign) -> String {
        switch sign {
        case .create: "create"
        case .update: "update"
        case .delete: "delete"
        case .adopt: "link"
        case .held: "blocked"
        case .pending: "waits"
        }
    }
}
