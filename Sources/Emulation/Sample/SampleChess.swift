extension World {
    /// The chess club: what the declarations of `examples` are about, column by column; no calendar, and none of `orgs.d`.
    package mutating func addSampleChess() {
        let database = addDatabase(
            "Chess Club",
            dataSource: "Events",
            properties: [
                NotionProperty("Name", id: "title", type: "title"),
                NotionProperty("Date", id: "dAt%3F", type: "date"),
                NotionProperty("Ends", id: "eNd%7E", type: "date"),
                NotionProperty("Location", id: "l0c%3D", type: "rich_text"),
                NotionProperty("Description", id: "d3s%5B", type: "rich_text"),
                NotionProperty("Speaker", id: "sPk%40", type: "rich_text"),
                NotionProperty("Link", id: "lNk%3A", type: "url"),
                NotionProperty("Repeats", id: "rPt%5E", type: "rich_text"),
                NotionProperty("Calendar link", id: "cLk%3F", type: "url"),
                NotionProperty("Calendar status", id: "cSt%7B", type: "rich_text"),
                select("Track", id: "tRk%2C", ["Beginners", "Club players"]),
                select("Type", id: "tYp%3E", ["Workshop", "Tournament", "Board meeting"]),
                select("Status", id: "sTt%24", ["Draft", "Confirmed", "Public", "Cancelled"]),
            ],
            id: "2f0c7a31-d8e5-4b6f-9a12-0c3b4d5e6f70"
        )
        for (index, row) in chessRows.enumerated() {
            var values: [String: JSONValue] = [:]
            if let status = row.status { values["Status"] = NotionProperty.option(status) }
            if let type = row.type { values["Type"] = NotionProperty.option(type) }
            if let track = row.track { values["Track"] = NotionProperty.option(track) }
            if let ends = row.ends { values["Ends"] = NotionProperty.date(ends) }
            if let speaker = row.speaker { values["Speaker"] = RichText.value(speaker) }
            if let link = row.link { values["Link"] = .string(link) }
            if let repeats = row.repeats { values["Repeats"] = RichText.value(repeats) }
            if let location = row.location { values["Location"] = RichText.value(location) }
            addPage(
                to: database,
                title: row.title,
                date: row.date,
                values: values,
                created: Self.epoch + index * 3_600_000
            )
        }
    }

    private func select(_ name: String, id: String, _ options: [String]) -> NotionProperty {
        let options = JSONValue.array(options.map { NotionProperty.option($0) })
        return NotionProperty(name, id: id, type: "select", configuration: ["options": options])
    }

    private struct ChessRow {
        var title: String
        var date: String?
        var ends: String?
        var status: String?
        var type: String?
        var track: String?
        var speaker: String?
        var link: String?
        var location: String?
        var repeats: String?
    }

    private var chessRows: [ChessRow] {
        [
            ChessRow(
                title: "Openings without memorizing",
                date: "2026-12-03T18:00:00.000-07:00",
                status: "Confirmed",
                type: "Workshop",
                track: "Beginners",
                speaker: "Ada Okafor",
                link: "https://chess.example.org/openings"
            ),
            ChessRow(
                title: "Winter open",
                date: "2027-01-16",
                ends: "2027-01-17",
                status: "Public",
                type: "Tournament",
                link: "https://chess.example.org/winter",
                location: "Student union"
            ),
            ChessRow(title: "Board", date: "2026-12-07T17:00:00.000-07:00", status: "Confirmed", type: "Board meeting"),
            ChessRow(
                title: "Simultaneous exhibition",
                date: "2027-02-11T19:00:00.000-07:00",
                ends: "2027-02-11T22:30:00.000-07:00",
                status: "Cancelled",
                track: "Club players"
            ),
            ChessRow(title: "Draft: Summer camp", date: "2027-07-05", ends: "2027-07-09", status: "Draft"),
            ChessRow(
                title: "Club evening",
                date: "2026-12-10T19:00:00.000-07:00",
                status: "Public",
                repeats: "weekly on Thu until 2027-05-06"
            ),
            ChessRow(title: "Endgame study", status: "Draft", track: "Club players"),
        ]
    }
}
