import NotionAPI
import ReconcileModel

/// What a filter compares of a property's value, whatever type the property has.
enum ComparedValue {
    case text(String?)
    case number(Double?)
    case truth(Bool?)
    case day(CivilDate?)
    case uniqueID(prefix: String?, number: Int)
    /// Names of options.
    case options([String])
    case people([NotionUser])
    /// `isWhole`: there are no others.
    case pages([PageID], isWhole: Bool)
    /// Several values of a rollup, none of them empty.
    case several([ComparedValue])
    /// Of a type that can only be asked whether it is empty.
    case other(isEmpty: Bool)

    /// Why a value cannot be compared: a clause without a full stop.
    struct Problem: Error {
        var reason: String

        init(_ reason: String) { self.reason = reason }
    }

    init(_ value: PropertyValue, _ days: FilterDays) throws(Problem) {
        switch value {
        case .title(let text), .richText(let text): self = .text(text.text.nonblank)
        case .select(let text), .status(let text), .url(let text), .email(let text), .phoneNumber(let text):
            self = .text(text.flatMap(\.nonblank))
        case .number(let number): self = .number(number)
        case .checkbox(let isSet): self = .truth(isSet)
        case .date(let date): self = try .day(days, date)
        case .createdTime(let time), .lastEditedTime(let time): self = try .day(days, NotionDate(start: time))
        case .multiSelect(let names): self = .options(names)
        case .people(let users): self = .people(users)
        case .createdBy(let user), .lastEditedBy(let user): self = .people([user])
        case .relation(let pages, let hasMore): self = .pages(pages, isWhole: hasMore != true)
        case .uniqueID(let prefix, let number):
            self = number.map { .uniqueID(prefix: prefix.flatMap(\.nonblank), number: $0) } ?? .other(isEmpty: true)
        case .formula(let value): self = try ComparedValue(value, days)
        case .rollup(let value): self = try ComparedValue(value, days)
        case .files(let files): self = .other(isEmpty: files.isEmpty)
        case .place(let place): self = .other(isEmpty: place == nil)
        case .verification(let state): self = .other(isEmpty: state == nil || state == "unverified")
        case .button: self = .other(isEmpty: true)
        case .unknown, .malformed: throw Problem("its value cannot be read")
        }
    }

    private init(_ value: FormulaValue, _ days: FilterDays) throws(Problem) {
        switch value {
        case .string(let text): self = .text(text.flatMap(\.nonblank))
        case .number(let number): self = .number(number)
        case .boolean(let isSet): self = .truth(isSet)
        case .date(let date): self = try .day(days, date)
        case .unsupported: throw Problem("Notion does not compute the formula for integrations")
        }
    }

    private init(_ value: RollupValue, _ days: FilterDays) throws(Problem) {
        switch value {
        case .number(let number): self = .number(number)
        case .date(let date): self = try .day(days, date)
        case .array(let values):
            var members: [ComparedValue] = []
            for value in values {
                let member = try ComparedValue(value, days)
                if !member.isEmpty { members.append(member) }
            }
            guard let first = members.first else {
                self = .several([])
                return
            }
            self = members.count == 1 ? first : .several(members)
        case .unsupported: throw Problem("Notion does not compute the rollup for integrations")
        case .incomplete: throw Problem("Notion did not compute the whole rollup")
        }
    }

    private static func day(_ days: FilterDays, _ date: NotionDate?) throws(Problem) -> ComparedValue {
        guard let date else { return .day(nil) }
        do throws(EventInterval.Problem) { return .day(try days.day(of: date)) } catch {
            throw Problem(error.description)
        }
    }

    var isEmpty: Bool {
        switch self {
        case .text(let text): text == nil
        case .number(let number): number == nil
        case .truth(let isSet): isSet == nil
        case .day(let day): day == nil
        case .uniqueID: false
        case .options(let names): names.isEmpty
        case .people(let users): users.isEmpty
        case .pages(let pages, _): pages.isEmpty
        case .several(let values): values.isEmpty
        case .other(let isEmpty): isEmpty
        }
    }

    /// It has no type of its own, and meets no condition.
    var isEmptyRollup: Bool {
        guard case .several(let values) = self else { return false }
        return values.isEmpty
    }

    /// What it is, for messages.
    var kind: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .truth: "true or false"
        case .day: "a date"
        case .uniqueID: "an id"
        case .options: "options"
        case .people: "people"
        case .pages: "pages"
        case .several: "several values"
        case .other: "something that has no value to compare"
        }
    }
}
