import Foundation

/// What the public addresses of one organization answer.
struct PublicFeed: Sendable {
    /// Of the JSON.
    var status: Int
    /// By page; nil where there was no answer.
    var events: [String: ModelPage.Event]?
    /// In what the two addresses differ.
    var problems: [String] = []

    init(status: Int, json: Data, calendar: Data) {
        self.status = status
        guard status == 200, let events = Self.events(json: json) else { return }
        self.events = events
        let calendar = Self.events(calendar: String(decoding: calendar, as: UTF8.self))
        for page in Set(events.keys).union(calendar.keys).sorted() where events[page] != calendar[page] {
            problems.append("JSON shows \(events[page] as Any) and .ics \(calendar[page] as Any)")
        }
    }

    private static func events(json: Data) -> [String: ModelPage.Event]? {
        let document = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any]
        guard let list = document?["events"] as? [[String: Any]] else { return nil }
        let pairs = list.map { event in
            func text(_ name: String) -> String? { (event[name] as? String).flatMap { $0.isEmpty ? nil : $0 } }
            let (start, end) = (text("start") ?? "", text("end") ?? "")
            let shown = ModelPage.Event(
                title: text("title") ?? "",
                start: TimeText.model(start),
                // The last day, where events last days.
                end: TimeText.isDay(end) ? TimeText.dayAfter(end) : TimeText.model(end),
                location: text("location"),
                description: text("description")
            )
            return (text("id") ?? "", shown)
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private static func events(calendar: String) -> [String: ModelPage.Event] {
        let lines = calendar.replacing("\r\n ", with: "").split(separator: "\r\n")
        var events: [String: ModelPage.Event] = [:]
        var values: [String: String] = [:]
        for line in lines {
            if line == "BEGIN:VEVENT" { values = [:] }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first?.prefix(while: { $0 != ";" }), let value = parts.last else { continue }
            values[String(name)] = String(value).replacing("\\,", with: ",").replacing("\\;", with: ";")
            guard line == "END:VEVENT", let page = values["UID"]?.split(separator: "@").first else { continue }
            events[String(page)] = ModelPage.Event(
                title: values["SUMMARY"] ?? "",
                start: TimeText.model(compact: values["DTSTART"] ?? ""),
                end: TimeText.model(compact: values["DTEND"] ?? ""),
                location: values["LOCATION"],
                description: values["DESCRIPTION"]
            )
        }
        return events
    }
}
