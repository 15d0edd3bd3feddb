import NotionAPI
import ReconcileModel
import Recurring

/// Collects what people should know of one page while it is mapped.
struct PageNotes {
    /// Why a page cannot be read as an event.
    enum Problem: Error, Equatable {
        /// A clause without a full stop.
        case date(String)
        /// The property's value has another form than its type promises.
        case unreadable(String)
        /// The property says that the event repeats, in a way that cannot be followed, for a reason in a clause.
        case recurrence(String, because: String)
        /// The property's value names a person of whom Notion shows nothing.
        case hiddenUser(String)
        /// The property is empty, and may be so because what it is computed from is not shown.
        case hiddenSource(String, of: String)
        /// Whether the filter takes the page depends on a property that does not tell it, for a reason in a clause.
        case undecided(String, because: String)
        /// The answer lacks the property, though the schema has it.
        case absent(String)
        /// Notion gave nothing but the page's id.
        case partial
        /// Notion cut a long value and did not give the rest, for a reason in one sentence.
        case unfinished(String)
    }

    let page: PageID
    /// Nil: empty, or not read yet.
    var title: String?
    private(set) var warnings: [Warning] = []
    /// What each step did; nil: nobody asks.
    var trace: MappingTrace?

    /// - Parameter trace: an empty one, to be filled.
    init(page: PageID, trace: MappingTrace? = nil) { (self.page, self.trace) = (page, trace) }

    var shownTitle: String { title ?? "Untitled" }

    /// The title as an event shows it.
    mutating func summary() -> String {
        guard let title else {
            note("title_empty", "has no title and is shown as \"\(shownTitle)\"")
            return shownTitle
        }
        return cut(title, for: .summary)
    }

    /// As much of a text as Google takes.
    mutating func cut(_ text: String, for field: EventField) -> String {
        let (cut, isCut) = TextLimits.cut(text, to: field.longestText)
        if isCut {
            let limit = "more than \(field.longestText) code points, of which the calendar shows the first"
            note("\(field.propertyKey)_cut", "has a \(field.propertyKey) of \(limit)")
        }
        return cut
    }

    /// The page cannot be read as an event.
    mutating func invalid(_ problem: Problem) -> PageOutcome {
        begin(.invalid)
        end(Self.sentence(of: problem))
        return .invalid(page, title: shownTitle, warning(of: problem), sentence: Self.sentence(of: problem))
    }

    /// What the page's authors are told.
    static func sentence(of problem: Problem) -> String {
        switch problem {
        case .date(let reason): "date not understood: \(reason)"
        case .recurrence(let name, let reason): "not understood: \"\(name)\": \(reason)"
        case .unreadable(let name): "not understood: the value of \"\(name)\" cannot be read"
        case .hiddenUser(let name): "not understood: a person in \"\(name)\" is not shown to us"
        case .hiddenSource(let name, let source):
            "not understood: \"\(name)\" is empty, and \(source), from which it is computed, is not shown to us"
        case .undecided(let name, let reason): "not understood: \"\(name)\", and \(reason)"
        case .absent(let name): "not understood: \"\(name)\" is not shown to us"
        case .partial, .unfinished: "not understood: Notion did not show the page whole"
        }
    }

    func warning(of problem: Problem) -> Warning {
        switch problem {
        case .date(let reason): warning("date_invalid", "has no usable date and is left as it is: \(reason)")
        case .recurrence(let name, let reason):
            warning(
                "recurrence_invalid",
                "is left as it is: the rule in \"\(name)\" cannot be followed: \(reason); \(RecurrenceProblem.help)"
            )
        case .unreadable(let name):
            warning("property_unreadable", "is left as it is: Notion's value of \"\(name)\" cannot be read")
        case .hiddenUser(let name):
            warning(
                GatheredWarning.hiddenUser.code,
                "is left as it is: Notion names nobody for a person in \"\(name)\""
            )
        case .hiddenSource(let name, let source):
            warning(
                GatheredWarning.hiddenSource.code,
                "is left as it is: \"\(name)\" is empty, and \(source), from which it is computed, is not shown"
            )
        case .undecided(let name, let reason):
            warning(
                GatheredWarning.undecided.code,
                "is left as it is: the filter asks for \"\(name)\", and \(reason)"
            )
        case .absent(let name):
            warning("property_absent", "is left as it is: Notion's answer has no value of \"\(name)\"")
        case .partial: warning("page_partial", "is left as it is: Notion gave none of its properties")
        case .unfinished(let reason):
            warning("page_unfinished", "is left as it is: Notion did not give a long value whole: \(clause(reason))")
        }
    }

    private func clause(_ sentence: String) -> String {
        sentence.last == "." ? String(sentence.dropLast()) : sentence
    }

    private mutating func note(_ code: String, _ clause: String) { warnings.append(warning(code, clause)) }

    private func warning(_ code: String, _ clause: String) -> Warning {
        let name = TextLimits.cut(shownTitle, to: 100).text
        return Warning(
            code: code,
            message: "The page \"\(name)\" (https://app.notion.com/p/\(page.compact)) \(clause).",
            page: page
        )
    }
}
