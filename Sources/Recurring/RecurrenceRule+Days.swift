import CICal
import ReconcileModel
import Synchronization

extension RecurrenceRule {
    /// So many days of one rule are looked at, whatever it says.
    private static let mostDays = 20_000

    /// Goes through the days of the rule, in their order, without its end.
    ///
    /// - Parameters:
    ///   - first: of the series; no day before it counts.
    ///   - skip: days before this one, in days since 1970, are not asked for, where that can be told without going through them.
    ///   - visit: whether to go on.
    func forEachDay(from first: CivilDate, skippingTo skip: Int = .min, _ visit: (CivilDate) -> Bool) {
        let key = EmptyRule(rule: self, first: first)
        guard !isCertainlyEmpty(from: first), !Self.knownEmpty.withLock({ $0.contains(key) }) else { return }
        let strands = strands(from: first, skippingTo: skip)
        let firstDay = first.daysSince1970
        let isEmpty = ICalLibrary.run {
            let iterators = strands.compactMap(DayIterator.init)
            var next = iterators.map { $0.next() }
            if next.allSatisfy({ $0 == nil }) { return true }
            var left = Self.mostDays
            while left > 0, let day = next.compactMap(\.self).min() {
                left -= 1
                if day.daysSince1970 >= firstDay, !visit(day) { return false }
                for index in next.indices where next[index] == day { next[index] = iterators[index].next() }
            }
            return false
        }
        // One that begins later may only have come to the end of the calendar.
        guard isEmpty, skip == .min else { return }
        Self.knownEmpty.withLock { known in
            if known.count >= 1_000 { known = [] }
            known.insert(key)
        }
    }

    /// Rules without any day: to find that out again takes libical a while, for it looks through the calendar to its end.
    private static let knownEmpty = Mutex<Set<EmptyRule>>([])

    private struct EmptyRule: Hashable {
        var rule: RecurrenceRule
        var first: CivilDate
    }

    /// A rule for libical, and the day that it is counted from.
    struct Strand {
        var rule: String
        var first: CivilDate
    }

    /// The rule in forms that libical 3.0 follows.
    private func strands(from first: CivilDate, skippingTo skip: Int) -> [Strand] {
        switch frequency {
        case .daily where has(.monthDay):
            // Day by day it takes no days from the end of a month; every day of a month is the same in a monthly rule.
            return [Strand(rule: text("MONTHLY", [.month, .monthDay, .day]), first: first)]
        case .daily:
            return [Strand(rule: text("DAILY", [.month, .day]), first: first.advanced(by: interval, to: skip))]
        case .weekly where !days.isEmpty && interval > 1:
            // It takes a Sunday for the first day of a week, whatever WKST says, where weeks are left out.
            let week = first.adding(days: -((first.weekday - weekStart + 7) % 7))
            return days.compactMap { Self.weekdays.firstIndex(of: $0) }.map { day in
                let start = week.adding(days: (day - weekStart + 7) % 7)
                return Strand(rule: text("WEEKLY", []), first: start.advanced(by: 7 * interval, to: skip))
            }
        case .weekly:
            let start = first.advanced(by: 7 * interval, to: skip)
            return [Strand(rule: text("WEEKLY", [.month, .day, .weekStart]), first: start)]
        case .monthly: return [Strand(rule: text("MONTHLY", [.month, .monthDay, .day, .position]), first: first)]
        case .yearly:
            // Without a month it would take that of the first day alone.
            let all = has(.monthDay) && !has(.month) ? ";BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12" : ""
            let rule = text("YEARLY", [.month, .monthDay, .yearDay, .day, .position]) + all
            return [Strand(rule: rule, first: first)]
        }
    }

    private func text(_ frequency: String, _ names: [Name]) -> String {
        let parts = names.compactMap { name in value(of: name).map { "\(name.rawValue)=\($0)" } }
        let interval = interval > 1 ? ["INTERVAL=\(interval)"] : []
        return (["FREQ=\(frequency)"] + interval + parts).joined(separator: ";")
    }

    /// Whether no day can follow; to find that out by going on until the end of the calendar takes libical a while.
    private func isCertainlyEmpty(from first: CivilDate) -> Bool {
        if frequency == .daily, interval.isMultiple(of: 7), !days.isEmpty {
            return !days.contains(Self.weekdays[first.weekday])
        }
        guard frequency == .monthly || has(.monthDay) else { return false }
        var reachable = Set(1...12)
        if frequency == .monthly {
            reachable = Set((0..<12).map { (first.month - 1 + $0 * interval) % 12 + 1 })
        }
        let months = months.isEmpty ? reachable : reachable.intersection(months)
        let implied = frequency == .monthly && days.isEmpty ? [first.day] : []
        let days = monthDays.isEmpty ? implied : monthDays.map(abs)
        guard let earliest = days.min() else { return months.isEmpty }
        return !months.contains { month in CivilDate(year: 2024, month: month, day: earliest) != nil }
    }
}

extension CivilDate {
    /// The same day, or a later one a multiple of `step` days on that is not after `target`.
    fileprivate func advanced(by step: Int, to target: Int) -> CivilDate {
        guard target > daysSince1970 else { return self }
        let distance = min(target, 3_000_000) - daysSince1970
        return adding(days: distance / step * step)
    }
}

/// The days of one rule, by libical; lives within one use of the library.
private final class DayIterator {
    private let iterator: OpaquePointer

    /// Nil where libical does not take the rule, or finds no day for it.
    init?(_ strand: RecurrenceRule.Strand) {
        let rule = icalrecurrencetype_from_string(strand.rule)
        guard rule.freq != ICAL_NO_RECURRENCE else { return nil }
        var start = icaltime_null_date()
        (start.hour, start.minute, start.second) = (0, 0, 0)
        (start.year, start.month) = (Int32(strand.first.year), Int32(strand.first.month))
        (start.day, start.is_date) = (Int32(strand.first.day), 1)
        guard let iterator = icalrecur_iterator_new(rule, start) else { return nil }
        self.iterator = iterator
    }

    deinit { icalrecur_iterator_free(iterator) }

    func next() -> CivilDate? {
        let time = icalrecur_iterator_next(iterator)
        guard icaltime_is_null_time(time) == 0 else { return nil }
        return CivilDate(year: Int(time.year), month: Int(time.month), day: Int(time.day))
    }
}
