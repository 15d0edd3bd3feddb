import NotionAPI

/// The text form of every property value, in one place. No form depends on a locale or on the clock.
///
/// | value | text |
/// |---|---|
/// | title | its characters, without styles |
/// | rich_text | the same; in parentheses behind linked words their address, where it says more than they do |
/// | select, status | the option's name |
/// | multi_select, people, arrays of a rollup | the texts of the members, joined with ", " |
/// | number | `42`, `42.5`; very large and very small ones as `1e+20` |
/// | checkbox, boolean formula | `Yes`, `No` |
/// | url, email, phone_number | as it is |
/// | person, created_by, last_edited_by | the name, else the e-mail address |
/// | place | `name, address`; without both `33.42, -111.93` |
/// | date, created_time, last_edited_time | `2026-11-20`, `2026-11-20 – 2026-11-22`, `2026-11-20 17:00 – 18:00` |
/// | unique_id | `EVT-17`, without prefix `17` |
/// | formula, rollup | as the value they give |
/// | files, relation, button, verification | nothing |
///
/// Nil stands for "nothing": a value that is not set, or text of white space only.
struct PropertyText {
    /// Which parts are written out.
    enum Form {
        /// Links without their addresses, places without their coordinates: titles, and what versions up to 0.1.0 wrote.
        case plain
        case whole
    }

    let form: Form

    func text(of value: PropertyValue) -> String? {
        switch value {
        case .title(let text): text.text.nonblank
        case .richText(let text): (form == .plain ? text.text : LinkedText.text(of: text)).nonblank
        case .number(let number): number.map(Self.text)
        case .select(let name), .status(let name): name.flatMap(\.nonblank)
        case .multiSelect(let names): Self.joined(names.map(\.nonblank))
        case .date(let date): date.map(DateText.text)
        case .checkbox(let isSet): Self.text(of: isSet)
        case .url(let text), .email(let text), .phoneNumber(let text): text.flatMap(\.nonblank)
        case .people(let users): Self.joined(users.map(Self.text))
        case .formula(let value): Self.text(of: value)
        case .rollup(let value): text(of: value)
        case .createdTime(let time), .lastEditedTime(let time): DateText.text(of: NotionDate(start: time))
        case .createdBy(let user), .lastEditedBy(let user): Self.text(of: user)
        case .uniqueID(let prefix, let number):
            number.map { number in prefix.flatMap(\.nonblank).map { "\($0)-\(number)" } ?? "\(number)" }
        case .place(let place): place.flatMap(text)
        case .files, .relation, .button, .verification, .unknown, .malformed: nil
        }
    }

    /// Whether a value has another text in another form.
    static func dependsOnForm(_ value: PropertyValue) -> Bool {
        switch value {
        case .richText(let text): !text.links.isEmpty
        case .place(let place): place?.latitude != nil
        case .rollup(.array(let values)): values.contains(where: dependsOnForm)
        default: false
        }
    }

    private func text(of value: RollupValue) -> String? {
        switch value {
        case .number(let number): number.map(Self.text)
        case .date(let date): date.map(DateText.text)
        case .array(let values): Self.joined(values.map(text))
        case .unsupported, .incomplete: nil
        }
    }

    private func text(of place: NotionPlace) -> String? {
        let words = Self.joined([place.name.flatMap(\.nonblank), place.address.flatMap(\.nonblank)])
        guard words == nil, form == .whole, let latitude = place.latitude, let longitude = place.longitude else {
            return words
        }
        return "\(Self.text(of: latitude)), \(Self.text(of: longitude))"
    }

    private static func text(of value: FormulaValue) -> String? {
        switch value {
        case .string(let text): text.flatMap(\.nonblank)
        case .number(let number): number.map(text)
        case .boolean(let isSet): isSet.map(text)
        case .date(let date): date.map(DateText.text)
        case .unsupported: nil
        }
    }

    private static func text(of user: NotionUser) -> String? {
        user.name.flatMap(\.nonblank) ?? user.email.flatMap(\.nonblank)
    }

    private static func text(of isSet: Bool) -> String { isSet ? "Yes" : "No" }

    private static func text(of number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }

    private static func joined(_ texts: [String?]) -> String? {
        let texts = texts.compactMap(\.self)
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }
}
