import ReconcileModel

extension EventDraft {
    /// The same with rules and zones in another form: lines and parts in another order, with what holds by default, in lower case, and zones
    /// by their old names.
    var rewritingSeries: EventDraft {
        var draft = self
        (draft.start, draft.end) = (start.renamingZone, end.renamingZone)
        guard let lines = fields["recurrence"]?.array else { return draft }
        draft.fields["recurrence"] = .array(lines.map { rewritten($0.string ?? "") }.sorted().map { .string($0) })
        return draft
    }

    private func rewritten(_ line: String) -> String {
        guard line.hasPrefix("RRULE:") else {
            return EventMoment.oldNames.reduce(line) { $0.replacing($1.key, with: $1.value) }
        }
        // It is in this form already.
        guard line.contains("FREQ=") else { return line }
        var parts = line.dropFirst(6).split(separator: ";").map(String.init)
        if parts.contains("FREQ=WEEKLY") {
            if !parts.contains(where: { $0.hasPrefix("WKST=") || $0.hasPrefix("INTERVAL=") }) {
                parts.append("WKST=SU")
            }
            if let day = firstDay, !parts.contains(where: { $0.hasPrefix("BYDAY=") }) {
                parts.append("BYDAY=\(day.weekdayCode)")
            }
        }
        if !parts.contains(where: { $0.hasPrefix("INTERVAL=") }) { parts.append("INTERVAL=1") }
        parts = parts.map { part in
            // The end of a series of days as a time; that of times on the clocks of its zone.
            guard part.hasPrefix("UNTIL=") else { return part }
            let digits = part.dropFirst(6)
            if digits.count == 8 { return "UNTIL=\(digits)T000000Z" }
            guard case .instant(_, let name) = start, let instant = Timestamp(basic: digits) else { return part }
            let seconds = instant.secondsSince1970
            let wall = WallTime(secondsIgnoringZone: seconds + Zone.named(name).offset(at: seconds))
            return "UNTIL=\(wall.description.filter { $0 != "-" && $0 != ":" })"
        }
        return "RRULE:" + parts.reversed().joined(separator: ";").lowercased()
    }

    private var firstDay: CivilDate? {
        switch start {
        case .day(let day): CivilDate(day)
        case .instant(let seconds, let zone):
            WallTime(secondsIgnoringZone: seconds + Zone.named(zone).offset(at: seconds)).date
        }
    }
}

extension EventMoment {
    fileprivate static let oldNames = [
        "America/Phoenix": "US/Arizona", "America/New_York": "US/Eastern", "Asia/Kolkata": "Asia/Calcutta",
    ]

    fileprivate var renamingZone: EventMoment {
        guard case .instant(let seconds, let zone) = self else { return self }
        return .instant(seconds, zone: Self.oldNames[zone] ?? zone)
    }
}

extension Timestamp {
    /// `20261201T180000Z`
    fileprivate init?(basic digits: Substring) {
        guard digits.count == 16 else { return nil }
        func part(_ from: Int, _ count: Int) -> Substring { digits.dropFirst(from).prefix(count) }
        let day = "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))"
        self.init(rfc3339: "\(day)T\(part(9, 2)):\(part(11, 2)):\(part(13, 2))Z")
    }
}
