extension RecurrenceRule {
    /// What programs do not agree about, or libical does not follow, is refused rather than taken for something else.
    func checkCombination() throws(RecurrenceProblem) {
        let isNumbered = days.contains { $0.count > 2 }
        func refuse(_ condition: Bool, _ reason: String) throws(RecurrenceProblem) {
            if condition { throw RecurrenceProblem("\(reason) is not understood") }
        }
        let isByMonth = frequency == .monthly || frequency == .yearly
        try refuse(isNumbered && !isByMonth, "a numbered day of BYDAY in a \(frequency.rawValue) rule")
        try refuse(isNumbered && has(.monthDay), "a numbered day of BYDAY beside BYMONTHDAY")
        try refuse(
            frequency == .monthly && days.contains { (Int($0.dropLast(2)) ?? 0).magnitude > 5 },
            "a day of BYDAY that no month has"
        )
        try refuse(has(.position) && !isByMonth, "BYSETPOS in a \(frequency.rawValue) rule")
        try refuse(has(.position) && !has(.day) && !has(.monthDay) && !has(.yearDay), "BYSETPOS alone")
        try refuse(
            positions.contains { $0.magnitude > mostPositions },
            "a BYSETPOS that is larger than the number of days"
        )
        try refuse(has(.monthDay) && frequency == .weekly, "BYMONTHDAY in a WEEKLY rule")
        try refuse(has(.monthDay) && frequency == .daily && interval > 1, "BYMONTHDAY beside a number of days")
        try refuse(has(.month) && frequency == .weekly && interval > 1, "BYMONTH beside a number of weeks")
        try refuse(has(.yearDay) && frequency != .yearly, "BYYEARDAY in a \(frequency.rawValue) rule")
        try refuse(has(.yearDay) && (has(.month) || has(.monthDay) || has(.day)), "BYYEARDAY beside another day")
    }

    /// How many days a month or a year of the rule has at most, of which BYSETPOS takes one.
    private var mostPositions: Int {
        guard !has(.yearDay) else { return 366 }
        let isYearly = frequency == .yearly
        let periods = isYearly ? (months.isEmpty ? 12 : months.count) : 1
        let numbered = days.count { $0.count > 2 }
        let weeks = isYearly && months.isEmpty ? 53 : 5 * periods
        let byDay = days.isEmpty ? Int.max : numbered * periods + (days.count - numbered) * weeks
        return min(byDay, monthDays.isEmpty ? Int.max : monthDays.count * periods)
    }
}
