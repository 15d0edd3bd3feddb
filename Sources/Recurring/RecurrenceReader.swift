package import ReconcileModel
package import ZoneData

/// Reads how a page says that its event repeats.
package struct RecurrenceReader: Sendable {
    private let start: EventTime
    private let end: EventTime
    private let zone: Zone
    private let zones: ZoneDatabase

    /// - Parameters:
    ///   - start: of the first occurrence.
    ///   - zone: whose wall time the series keeps.
    package init(from start: EventTime, to end: EventTime, zone: Zone, zones: ZoneDatabase = .current) {
        (self.start, self.end, self.zone, self.zones) = (start, end, zone, zones)
    }

    private var isTimed: Bool { if case .instant = start { true } else { false } }

    /// - Parameter text: an RRULE with or without its name and EXDATE lines, or a readable form.
    /// - Returns: nil where the event takes place once.
    /// - Throws: where it is not understood, or nothing ever takes place.
    package func read(_ text: String) throws(RecurrenceProblem) -> Recurrence? {
        var (rules, excluded): ([RecurrenceRule], [ExcludedTime]) = ([], [])
        for line in Self.lines(text) {
            let upper = line.uppercased()
            if upper.hasPrefix("EXDATE") {
                excluded += try ExcludedTime.all(in: line, zone: zone, zones: zones)
            } else if upper.hasPrefix("RDATE") {
                throw RecurrenceProblem("RDATE is not understood: a further date needs a page of its own")
            } else if upper.hasPrefix("EXRULE") {
                throw RecurrenceProblem("EXRULE is not understood: EXDATE leaves out single days")
            } else if upper.hasPrefix("DTSTART") || upper.hasPrefix("DTEND") {
                throw RecurrenceProblem("DTSTART and DTEND have no place there: the page's date says when")
            } else if upper.contains("FREQ=") || upper.hasPrefix("RRULE") {
                rules.append(try RecurrenceRule(Self.value(of: line)))
            } else if let rule = try ReadableRule.rule(line) {
                rules.append(try RecurrenceRule(rule))
            } else {
                throw RecurrenceProblem("\"\(line.prefix(80))\" is no rule")
            }
        }
        guard let rule = rules.first else { throw RecurrenceProblem("there is no rule beside EXDATE") }
        guard rules.count == 1 else { throw RecurrenceProblem("there is more than one rule") }
        return try recurrence(rule, excluding: excluded)
    }

    /// Every name begins a line of its own; a rule may have spaces in it.
    private static func lines(_ text: String) -> [String] {
        let names = ["RRULE", "EXDATE", "RDATE", "EXRULE", "DTSTART", "DTEND", "FREQ="]
        var lines: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            // What begins with a name has no spaces; plain words are parted by them.
            var current: (text: String, isPlain: Bool)?
            for word in line.split(whereSeparator: \.isWhitespace) {
                let upper = word.uppercased()
                let isName = names.contains(where: upper.hasPrefix) && current?.text.uppercased() != "RRULE:"
                if isName || current == nil {
                    lines += [current?.text].compactMap(\.self)
                    current = (String(word), isPlain: !isName)
                } else {
                    let isPlain = current?.isPlain ?? false
                    current?.text += (isPlain ? " " : "") + word
                }
            }
            lines += [current?.text].compactMap(\.self)
        }
        return lines
    }

    private static func value(of line: String) -> String {
        line.uppercased().hasPrefix("RRULE:") ? String(line.dropFirst(6)) : line
    }

    private func recurrence(
        _ rule: RecurrenceRule,
        excluding excluded: [ExcludedTime]
    ) throws(RecurrenceProblem) -> Recurrence? {
        let series = Series(rule, from: start, to: end, zone: zone, excluding: excluded)
        guard let line = try line(of: rule, series) else { return nil }
        guard !series.occurrences(in: [], limit: 1).isEmpty else {
            throw RecurrenceProblem("EXDATE leaves out every occurrence")
        }
        let name = isTimed ? zones.canonicalName(of: zone.identifier) : nil
        let left = ExcludedTime.line(excluded.flatMap { starts($0) }, zone: name)
        return Recurrence(
            lines: [line] + [left].compactMap(\.self),
            zone: name,
            first: start.wall(in: zone).date
        )
    }

    /// The rule as Google takes it: its end an instant, or a day where the series has no times.
    ///
    /// - Returns: nil where only the first start is left of it.
    private func line(of rule: RecurrenceRule, _ series: Series) throws(RecurrenceProblem) -> String? {
        if let until = series.last {
            guard until.order >= start.order else { throw RecurrenceProblem("it ends before it starts") }
            try checkYield(of: series)
            return rule.line(until: BasicTime.text(until))
        }
        // How a first start that the rule does not yield counts is told differently: the day of the last one is not.
        guard let count = rule.count, !series.isFirstOnRule else {
            try checkYield(of: series)
            return rule.line()
        }
        try checkYield(of: series)
        guard count > 1 else { return nil }
        guard let last = series.start(ofOccurrence: count) else {
            throw RecurrenceProblem("it has fewer than \(count) occurrences")
        }
        return rule.line(until: BasicTime.text(last))
    }

    private func checkYield(of series: Series) throws(RecurrenceProblem) {
        guard series.firstDay != nil else {
            throw RecurrenceProblem("no day of the calendar is like that")
        }
    }

    /// A day leaves out what starts on it.
    private func starts(_ excluded: ExcludedTime) -> [WallTime] {
        switch excluded {
        case .wall(let wall): [isTimed ? wall : WallTime(secondsIgnoringZone: wall.date.daysSince1970 * 86_400)]
        case .day(let day):
            [WallTime(secondsIgnoringZone: day.daysSince1970 * 86_400 + start.wall(in: zone).secondOfDay)]
        }
    }
}
