import ReconcileModel

/// A declaration as it was made up: what it means is read here, and its YAML by the product.
struct DrawnDeclaration: Hashable {
    /// Where a text comes from.
    enum Text: Hashable {
        case column(DrawnColumn)
        case pattern(DrawnPattern)
        /// `null`
        case nobody
    }

    struct Offset: Hashable {
        var count: Int
        var unit: String

        var text: String { "\(count)\(unit)" }
    }

    struct Template: Hashable {
        /// In minutes.
        var duration: Int?
        var color: String?
        var visibility: String?
        var isBusy: Bool?
        var location: String?
        var title: DrawnPattern?
        var description: DrawnPattern?
        var reminders: DrawnReminders?
    }

    struct Templates: Hashable {
        var by: DrawnColumn
        /// In their order, by option, `true`, `false` or text.
        var values: [Value]
        var otherwise: Template?

        struct Value: Hashable {
            var name: String
            var template: Template
        }
    }

    struct Cancelled: Hashable {
        var column: DrawnColumn
        var values: [String]
        /// Nil: `show: remove`.
        var prefix: String?
    }

    var zone = "America/Phoenix"
    /// In minutes.
    var defaultDuration = 60
    /// What is not there is not declared.
    var texts: [EventField: Text] = [:]
    var hasEnd = false
    var recurrence: Text?
    var filter: DrawnFilter?
    var past: Offset?
    var future: Offset?
    var templates: Templates?
    var cancelled: Cancelled?
    /// Nil: not declared.
    var sharing: [AccessRule]?
    var calendarName: String?
    var calendarDescription: String?
    var writeBack: Set<FeedbackField> = []
    var deletions = DeletionPolicy.auto
    var maxDeletePercent = 25
    var isCalendarGiven = false
    /// Keys that stand in `_defaults.yaml`.
    var shared: Set<String> = []
}

/// The reminders of a template, as declared and as they are told.
enum DrawnReminders: String, CaseIterable {
    case none
    case one = "10m"
    case two = "10m, 1d"

    var declared: String {
        switch self {
        case .none: "[]"
        case .one: "[10m]"
        case .two: "[1d, 10m, 10m]"
        }
    }
}

/// A pattern in its parts.
struct DrawnPattern: Hashable {
    indirect enum Part: Hashable {
        case text(String)
        case column(DrawnColumn, byID: Bool = false)
        /// `title` or `description` of a template.
        case given(String)
        /// In round brackets.
        case bracket([Part])
    }

    var lines: [[Part]]

    var text: String { lines.map { $0.map(\.text).joined() }.joined(separator: "\n") }

    /// What is left of it, white space apart; nil: nothing.
    ///
    /// - Parameter value: of a column; nil: empty.
    /// - Returns: `isKnown` is false where a value is not shown.
    func made(
        _ given: [String: String] = [:],
        _ value: (DrawnColumn) -> Reference.Text
    ) -> Reference.Text {
        var kept: [String] = []
        for line in lines {
            let made = Part.made(line, given, value)
            if made.isHidden { return .hidden }
            if !made.hasColumns || made.hasValues { kept.append(made.text) }
        }
        let text = kept.joined(separator: "\n")
        return text.allSatisfy(\.isWhitespace) ? .none : .text(text)
    }
}

extension DrawnPattern.Part {
    var text: String {
        switch self {
        case .text(let text): text.replacing("{", with: "{{").replacing("}", with: "}}")
        case .column(let column, let byID): "{\(byID ? column.id : column.rawValue)}"
        case .given(let name): "{\(name)}"
        case .bracket(let parts): "(\(parts.map(\.text).joined()))"
        }
    }

    struct Made {
        var text = ""
        var hasColumns = false
        var hasValues = false
        var isHidden = false

        mutating func add(_ value: Reference.Text) {
            hasColumns = true
            switch value {
            case .text(let value): (text, hasValues) = (text + value, true)
            case .none: break
            case .hidden: isHidden = true
            }
        }
    }

    static func made(
        _ parts: [DrawnPattern.Part],
        _ given: [String: String],
        _ value: (DrawnColumn) -> Reference.Text
    ) -> Made {
        var whole = Made()
        for part in parts {
            switch part {
            case .text(let text): whole.text += text
            case .column(let column, _): whole.add(value(column))
            case .given(let name): whole.add(given[name].map { .text($0) } ?? .none)
            case .bracket(let parts):
                let inner = made(parts, given, value)
                whole.isHidden = whole.isHidden || inner.isHidden
                whole.hasColumns = whole.hasColumns || inner.hasColumns
                whole.hasValues = whole.hasValues || inner.hasValues
                if !inner.hasColumns || inner.hasValues { whole.text += "(\(inner.text))" }
            }
        }
        return whole
    }
}
