import NotionAPI

/// The text form of every property value, in one place. No form depends on a locale or on the clock.
///
/// | value | text |
/// |---|---|
/// | title, rich_text | its characters, without styles |
/// | select, status | the option's name |
/// | multi_select, people, arrays of a rollup | the texts of the members, joined with ", " |
/// | number | `42`, `42.5`; very large and very small ones as `1e+20` |
/// | checkbox, boolean formula | `Yes`, `No` |
/// | url, email, phone_number | as it is |
/// | person, created_by, last_edited_by | the name, else the e-mail address, else nothing |
/// | place | `name, address` |
/// | date, created_time, last_edited_time | `2026-11-20`, `2026-11-20 – 2026-11-22`, `2026-11-20 17:00 – 18:00` |
/// | unique_id | `EVT-17`, without prefix `17` |
/// | formula, rollup | as the value they give |
/// | files, relation, button, verification | nothing |
///
/// Nil stands for "nothing": a value that is not set, or text of white space only.
enum PropertyText {
    static func text(of value: PropertyValue) -> String? {
        switch value {
        case .title(let text), .richText(let text): nonempty(text.text)
        case .number(let number): number.map(text)
        case .select(let name), .status(let name): name.flatMap(nonempty)
        case .multiSelect(let names): joined(names.map(nonempty))
        case .date(let date): date.map(text)
        case .checkbox(let isSet): text(of: isSet)
        case .url(let text), .email(let text), .phoneNumber(let text): text.flatMap(nonempty)
        case .people(let users): joined(users.map(text))
        case .formula(let value): text(of: value)
        case .rollup(let value): text(of: value)
        case .createdTime(let time), .lastEditedTime(let time): text(of: NotionDate(start: time))
        case .createdBy(let user), .lastEditedBy(let user): text(of: user)
        case .uniqueID(let prefix, let number):
            number.map { number in prefix.flatMap(nonempty).map { "\($0)-\(number)" } ?? "\(number)" }
        case .place(let place): place.flatMap { joined([$0.name.flatMap(nonempty), $0.address.flatMap(nonempty)]) }
        case .files, .relation, .button, .verification, .unknown, .malformed: nil
        }
    }

    /// Whether the value could be read at all. One that could not must never count as empty: it would clear the event's field.
    /// Nor must a formula or rollup that Notion did not compute.
    static func isReadable(_ value: PropertyValue) -> Bool {
        switch value {
        case .unknown, .malformed, .formula(.unsupported), .rollup(.unsupported), .rollup(.incomplete): false
        case .rollup(.array(let values)): values.allSatisfy(isReadable)
        default: true
        }
    }

    private static func text(of value: FormulaValue) -> String? {
        switch value {
        case .string(let text): text.flatMap(nonempty)
        case .number(let number): number.map(text)
        case .boolean(let isSet): isSet.map(text)
        case .date(let date): date.map(text)
        case .unsupported: nil
        }
    }

    private static func text(of value: RollupValue) -> String? {
        switch value {
        case .number(let number): number.map(text)
        case .date(let date): date.map(text)
        case .array(let values): joined(values.map(text))
        case .unsupported, .incomplete: nil
        }
    }

    private static func text(of user: NotionUser) -> String? {
        user.name.flatMap(nonempty) ?? user.email.flatMap(nonempty)
    }

    private static func text(of isSet: Bool) -> String { isSet ? "Yes" : "No" }

    private static func text(of number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }

    private static func text(of date: NotionDate) -> String { DateText.text(of: date) }

    private static func joined(_ texts: [String?]) -> String? {
        let texts = texts.compactMap(\.self)
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    private static func nonempty(_ text: String) -> String? { text.allSatisfy(\.isWhitespace) ? nil : text }
}
