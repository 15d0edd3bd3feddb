import ReconcileModel

/// What templates and cancellation make of a page.
extension PageMapper {
    /// Sets the texts that a template gives, the title among the notes.
    func apply(
        _ template: PageTemplate,
        to texts: inout [EventField: FieldValue],
        in values: PageValues,
        _ notes: inout PageNotes
    ) throws(PageNotes.Problem) {
        let given = Given(title: notes.shownTitle, description: texts[.description]?.text)
        if let pattern = template.title {
            let title = try text(.title, pattern, given, in: values, &notes).flatMap(TextLimits.line)
            notes.title = title ?? notes.title
            notes.end(title ?? given.title)
        }
        if let pattern = template.description {
            let text = try text(.description, pattern, given, in: values, &notes).flatMap(TextLimits.paragraphs)
            texts[.description] = FieldValue(text)
            notes.end(text)
        }
        if let location = template.settings.location, texts[.location]?.text == nil {
            texts[.location] = .text(location)
            notes.begin(.location)
            notes.end(location)
            notes.remark("of the template, since the page has none")
        }
    }

    /// What a page gives without its template.
    struct Given {
        var title: String
        var description: String?
    }

    /// What a template's pattern makes; nil: nothing is left of it.
    func text(
        _ subject: MappingStep.Subject,
        _ pattern: PagePattern,
        _ given: Given,
        in values: PageValues,
        _ notes: inout PageNotes
    ) throws(PageNotes.Problem) -> String? {
        var names = ["title": given.title]
        names["description"] = given.description
        notes.begin(subject, pattern.columns, values)
        notes.remark("by the template's pattern \(pattern.name)")
        var leftOut = notes.emptyList
        let text = try pattern.text(given: names, leftOut: &leftOut) { column throws(PageNotes.Problem) in
            try values.text(of: column, as: .plain)
        }
        notes.remark(leftOut?.map { "\($0) is left out: its properties are empty" })
        return text
    }

    func isCancelled(_ values: PageValues, _ notes: inout PageNotes) throws(PageNotes.Problem) -> Bool {
        guard let cancellation = mapping.cancellation else { return false }
        notes.begin(.cancelled, [cancellation.column], values)
        let isCancelled = try cancellation.isCancelled(values)
        notes.end(isCancelled ? "called off: \(cancellation.treatment.words)" : "not called off")
        return isCancelled
    }

    func template(_ values: PageValues, _ notes: inout PageNotes) throws(PageNotes.Problem) -> PageTemplate? {
        guard let templates = mapping.templates else { return nil }
        notes.begin(.template, [templates.column], values)
        let choice = try templates.choice(of: values)
        notes.end(choice.map { $0.name ?? "otherwise" })
        if let choice { notes.remark(choice.template.settings.told) }
        return choice?.template
    }
}
