import NotionAPI
import ReconcileModel

/// Asks one property of a page what a condition asks.
struct ColumnTest {
    let column: PropertySchema
    let days: FilterDays

    private typealias Problem = PageNotes.Problem

    func verdict(of test: FilterTest, _ values: PageValues) -> FilterVerdict {
        do throws(Problem) {
            let value = try value(in: values, for: test)
            let compared = try compared(value)
            // Of something that is not shown, a formula may give anything: false, 0, another text.
            if column.isComputed { try values.checkSources(of: column) }
            if compared.isEmpty { try values.checkEmptiness(of: column, value) }
            try values.checkOptions(of: column, value)
            let fact = FilterFact(property: column.name, value: value)
            return try holds(test, compared) ? .passes([fact]) : .fails([fact])
        } catch {
            return .unknown(error)
        }
    }

    /// Texts and what a rollup shows must be shown whole, unless it is asked whether there is anything.
    private func value(in values: PageValues, for test: FilterTest) throws(Problem) -> PropertyValue {
        let value = try values.value(of: column)
        switch value {
        case .title, .richText, .rollup(.array):
            return FilterQuestion(test) == .isEmpty ? value : try values.readableValue(of: column)
        default: return value
        }
    }

    private func compared(_ value: PropertyValue) throws(Problem) -> ComparedValue {
        do throws(ComparedValue.Problem) { return try ComparedValue(value, days) } catch {
            throw .undecided(column.name, because: error.reason)
        }
    }

    private func holds(_ test: FilterTest, _ value: ComparedValue) throws(Problem) -> Bool {
        switch test {
        case .opposite(let test): return try !holds(test, value)
        case .isEmpty: return value.isEmpty
        case _ where value.isEmptyRollup: return false
        case .equals(let operands):
            return try any(operands) { operand throws(Problem) in try equals(value, operand) }
        case .contains(let operand): return try contains(value, operand)
        case .startsWith(let start): return try text(of: value).hasPrefix(start.lowercased())
        case .endsWith(let end): return try text(of: value).hasSuffix(end.lowercased())
        case .date(let order, let bound):
            guard case .day(let day) = value else { throw unfit(value, "a date") }
            return day.map { order.holds($0, bound.date(today: days.today)) } ?? false
        case .number(let order, let bound):
            switch value {
            case .number(let number): return number.map { order.holds($0, bound) } ?? false
            case .uniqueID(_, let number): return order.holds(Double(number), bound)
            case .other(isEmpty: true): return false
            default: throw unfit(value, "a number")
            }
        }
    }

    /// Whether it holds of one of them: what is unknown of one does not matter where it holds of another.
    private func any<Item>(_ items: [Item], _ holds: (Item) throws(Problem) -> Bool) throws(Problem) -> Bool {
        var problem: Problem?
        for item in items {
            do throws(Problem) {
                if try holds(item) { return true }
            } catch {
                problem = problem ?? error
            }
        }
        if let problem { throw problem }
        return false
    }

    private func equals(_ value: ComparedValue, _ operand: FilterOperand) throws(Problem) -> Bool {
        switch value {
        case .text(let text): return text?.lowercased() == (try self.text(of: operand, against: value))
        case .number(let number):
            guard case .number(let wanted) = operand.kind else { throw unfit(value, operand.kind.words) }
            return number == wanted
        case .truth(let isSet):
            guard case .truth(let wanted) = operand.kind else { throw unfit(value, operand.kind.words) }
            return isSet == wanted
        case .day(let day):
            guard let wanted = FilterDay(operand.text) else { throw unfit(value, operand.kind.words) }
            return day == wanted.date(today: days.today)
        case .uniqueID(let prefix, let number): return Self.isID(prefix, number, operand.text)
        case .several: throw .undecided(column.name, because: "it gives several values; \"contains\" asks of each")
        case .options, .people, .pages, .other: return try contains(value, operand)
        }
    }

    private func contains(_ value: ComparedValue, _ operand: FilterOperand) throws(Problem) -> Bool {
        switch value {
        case .text(let text):
            let wanted = try self.text(of: operand, against: value)
            return text?.lowercased().contains(wanted) ?? false
        case .options(let names): return names.contains { $0.lowercased() == operand.text.lowercased() }
        case .people(let users): return try any(users) { user throws(Problem) in try names(user, operand.text) }
        case .pages(let pages, let isWhole):
            if let page = PageID(parsing: operand.text), pages.contains(page) { return true }
            guard isWhole else { throw .undecided(column.name, because: "Notion did not give all of its pages") }
            return false
        case .several(let values):
            return try any(values) { value throws(Problem) in try contains(value, operand) }
        case .number, .truth, .day, .uniqueID: return try equals(value, operand)
        case .other(let isEmpty):
            guard isEmpty else { throw unfit(value, operand.kind.words) }
            return false
        }
    }

    private func text(of value: ComparedValue) throws(Problem) -> String {
        guard case .text(let text) = value else { throw unfit(value, "text") }
        return text?.lowercased() ?? ""
    }

    /// Of a column that holds text in any case, a number or truth value is meant as it is written.
    private func text(of operand: FilterOperand, against value: ComparedValue) throws(Problem) -> String {
        guard operand.kind == .text || !column.isComputed else { throw unfit(value, operand.kind.words) }
        return operand.text.lowercased()
    }

    private func unfit(_ value: ComparedValue, _ wanted: String) -> Problem {
        .undecided(column.name, because: "it gives \(value.kind), which is not compared with \(wanted)")
    }

    /// `EV-3`, or `3` whatever the prefix.
    private static func isID(_ prefix: String?, _ number: Int, _ text: String) -> Bool {
        if let wanted = Int(text) { return wanted == number }
        return prefix.map { "\($0)-\(number)".lowercased() == text.lowercased() } ?? false
    }

    /// Whether a person is meant by a name, an e-mail address or an id.
    private func names(_ user: NotionUser, _ text: String) throws(Problem) -> Bool {
        if let id = NotionUUID.canonicalForm(of: text) { return user.id.lowercased() == id }
        let wanted = text.lowercased()
        if user.name?.lowercased() == wanted || user.email?.lowercased() == wanted { return true }
        let isTold = wanted.contains("@") ? user.email != nil : user.name != nil
        guard isTold else { throw .hiddenUser(column.name) }
        return false
    }
}

extension FilterOperand.Kind {
    /// What it is, for messages.
    var words: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .truth: "true or false"
        }
    }
}
