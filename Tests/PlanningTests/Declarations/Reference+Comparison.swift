import ReconcileModel

extension ReferenceMoment {
    init(_ time: EventTime) {
        switch time {
        case .date(let date): self = .day(date.daysSince1970)
        case .instant(let instant): self = .instant(instant.secondsSince1970)
        }
    }
}

extension ReferenceRule {
    /// As a calendar has it; nil: it takes place once.
    init?(_ text: String?) {
        guard let text, let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RRULE:") }) else {
            return nil
        }
        var (step, interval) = (1, 1)
        zone = text.split(separator: "\n").first { $0.hasPrefix("TZID:") }.map { String($0.dropFirst(5)) }
        end = .never
        for part in line.dropFirst(6).split(separator: ";") {
            let pair = part.split(separator: "=")
            guard let value = pair.last else { return nil }
            switch pair.first {
            case "FREQ": step = value == "WEEKLY" ? 7 : value == "DAILY" ? 1 : 100_000
            case "INTERVAL": interval = Int(value) ?? 1
            case "COUNT": end = .count(Int(value) ?? 0)
            case "UNTIL":
                guard let day = ReferenceTime.day(basic: value) else { return nil }
                let time = value.dropFirst(9)
                let minutes = (Int(time.prefix(2)) ?? 0) * 60 + (Int(time.dropFirst(2).prefix(2)) ?? 0)
                end = time.isEmpty ? .until(.day(day)) : .until(.instant(day * 86_400 + minutes * 60 + 59))
            default: step = 100_000
            }
        }
        self.step = step * interval
    }
}

extension Reference.Event {
    /// The fields in which an event of the calendar is not as it is asked for.
    func differences(from live: EventContent) -> Set<EventField> {
        var differing: Set<EventField> = []
        if ReferenceMoment(live.start) != start { differing.insert(.start) }
        if ReferenceMoment(live.end) != end { differing.insert(.end) }
        for (field, text) in texts where !Self.isSame(text, live.text(of: field)) { differing.insert(field) }
        if isRuleAsked, !isSameRule(ReferenceRule(live.text(of: .recurrence)), from: ReferenceMoment(live.start)) {
            differing.insert(.recurrence)
        }
        return differing
    }

    /// Rules are the same when they yield the same, for as long as anybody looks.
    private func isSameRule(_ other: ReferenceRule?, from first: ReferenceMoment) -> Bool {
        guard let rule, let other else { return rule == nil && other == nil }
        let isEndless = (rule.end == .never) == (other.end == .never)
        return isEndless && rule.zone == other.zone && rule.starts(from: first) == other.starts(from: first)
    }

    /// Empty lines, and white space at the ends or where brackets went, are no difference.
    static func isSame(_ one: String?, _ other: String?) -> Bool { words(one) == words(other) }

    private static func words(_ text: String?) -> [[Substring]] {
        let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.split(separator: " ") }.filter { !$0.isEmpty }
    }
}

extension ReferenceWindow {
    func holds(_ live: LiveEvent) -> Bool {
        guard let event = live.event else { return true }
        return holds(
            from: ReferenceMoment(event.start),
            to: ReferenceMoment(event.end),
            ReferenceRule(event.text(of: .recurrence))
        )
    }

    func holds(_ event: Reference.Event) -> Bool { holds(from: event.start, to: event.end, event.rule) }
}
