import ReconcileModel

/// The keys that say which pages become events, and how these look.
extension KeyRow {
    static let properties = KeyRow(
        "properties",
        "Names or ids of the Notion properties that give the fields of events, or patterns over them: \"{Name} ({Track})\".",
        keys: [
            KeyRow(
                "properties.title",
                .nullable(.propertyText),
                "null, or without this key: the property of type title.",
                shows: { $0.properties[.summary].map { .text("\($0)") } ?? .none("the property of type title") },
                reads: { field, organization throws(Diagnostic) in
                    organization.properties[.summary] = field.isNull ? nil : try field.propertyText()
                }
            ),
            KeyRow(
                "properties.date",
                .nullable(.propertyName),
                "null, or without this key: the property Date.",
                shows: { .text($0.properties.date ?? "Date") },
                reads: { field, organization throws(Diagnostic) in
                    organization.properties.date = field.isNull ? nil : try field.propertyName()
                }
            ),
            KeyRow(
                "properties.end",
                .nullable(.propertyName),
                "A second property with dates: what it starts with is the end. Default: the end of the first.",
                shows: { $0.properties.end.map { .text($0) } ?? .none("the end of the first") },
                reads: { field, organization throws(Diagnostic) in
                    organization.properties.end = field.isNull ? nil : try field.propertyName()
                }
            ),
        ] + EventField.texts.map(optionalProperty) + [
            KeyRow(
                "properties.recurrence",
                .nullable(.propertyName),
                "A text property that says how an event repeats: an RRULE, or `every 2 weeks until 2026-12-01`. null, or without this "
                    + "key: each takes place once.",
                shows: { $0.properties[.recurrence].map { .text("\($0)") } ?? .none("each event takes place once") },
                reads: { value, organization throws(Diagnostic) in
                    if value.isNull {
                        organization.properties.leftToPeople.insert(.recurrence)
                    } else {
                        organization.properties[.recurrence] = .property(try value.propertyName())
                    }
                }
            )
        ]
    )

    /// A field that no column need give: null leaves it to people.
    private static func optionalProperty(_ field: EventField) -> KeyRow {
        let usual = field.usualColumn
        return KeyRow(
            "properties.\(field.propertyKey)",
            .nullable(.propertyText),
            "null: no column gives it, and the field belongs to people. Default: the property \(usual), where there was one at first.",
            shows: { organization in
                if organization.properties.leftToPeople.contains(field) { return .none("null: it belongs to people") }
                return organization.properties[field].map { .text("\($0)") }
                    ?? .none("the property \(usual), if any")
            },
            reads: { value, organization throws(Diagnostic) in
                if value.isNull {
                    organization.properties.leftToPeople.insert(field)
                } else {
                    organization.properties[field] = try value.propertyText()
                }
            }
        )
    }

    static let filter = KeyRow(
        key: DeclarationKey(
            path: "filter",
            meaning:
                "Which pages become events: conditions on properties, combined with all, any and not; or notion: with a raw filter. "
                + "null, or without this key: all that have a date.",
            value: .nullable(.filter)
        ),
        shows: { $0.filter.map { .text("\($0)") } ?? .none("all pages that have a date") },
        reads: { field, declaration, problems in
            guard !field.isNull else { return declaration.organization.filter = nil }
            declaration.organization.filter = problems.filter(field)
        }
    )

    static let window = KeyRow(
        "window",
        "How far from today events are looked after: those outside are neither created nor changed nor deleted.",
        mayBeNull: true,
        keys: [
            KeyRow(
                "window.past",
                .nullable(.offset),
                "Back from today, such as 90d, 6w, 6mo or 1y. Default: without end.",
                shows: { $0.window?.past.map { .text($0.description) } ?? .none("without end") },
                reads: { field, organization throws(Diagnostic) in
                    organization.windowed.past = field.isNull ? nil : try field.offset()
                }
            ),
            KeyRow(
                "window.future",
                .nullable(.offset),
                "On from today, likewise. Default: without end.",
                shows: { $0.window?.future.map { .text($0.description) } ?? .none("without end") },
                reads: { field, organization throws(Diagnostic) in
                    organization.windowed.future = field.isNull ? nil : try field.offset()
                }
            ),
        ]
    )

    static let templates = KeyRow(
        "templates",
        "Event settings by the value of a property.",
        mayBeNull: true,
        keys: [
            KeyRow(
                key: DeclarationKey(
                    path: "templates.by",
                    meaning: "The property that chooses: select, status, multi-select, checkbox or text.",
                    value: .propertyName
                ),
                shows: { $0.templates.map { .text($0.property) } ?? .none("no templates") },
                reads: { field, declaration, problems in
                    guard let name = problems.value(field.propertyName) else { return }
                    declaration.organization.templated.property = name
                    declaration.organization.templated.source = field.node.location
                }
            ),
            KeyRow(
                key: DeclarationKey(
                    path: "templates.values",
                    meaning: "The template of each value.",
                    value: .named(.mapping(Field.templateKeys.map(\.key)))
                ),
                shows: { organization in
                    guard let values = organization.templates?.values else { return .none("no templates") }
                    return .list(values.map(\.name))
                },
                reads: { field, declaration, problems in
                    declaration.organization.templated.values = problems.templates(field)
                }
            ),
            KeyRow(
                key: DeclarationKey(
                    path: "templates.otherwise",
                    meaning: "The template of pages without a value, or with one that has none.",
                    value: .nullable(.mapping(Field.templateKeys.map(\.key)))
                ),
                shows: { $0.templates?.otherwise == nil ? .none("none") : .text("as given") },
                reads: { field, declaration, problems in
                    declaration.organization.templated.otherwise = field.isNull ? nil : problems.template(field)
                }
            ),
        ]
    )

    static let cancelled = KeyRow(
        key: DeclarationKey(
            path: "cancelled",
            meaning:
                "Which pages are called off, and whether their events go (show: remove) or stay with a prefix before the title. null, "
                + "or without this key: none.",
            value: .nullable(.mapping(Field.cancelledKeys.map(\.key), oneOf: ["show", "prefix"]))
        ),
        shows: { organization in
            guard let rule = organization.cancelled else { return .none("no page") }
            return .list(rule.values.map { "\(rule.property) is \($0.name)" })
        },
        reads: { field, declaration, problems in
            guard !field.isNull else { return declaration.organization.cancelled = nil }
            declaration.organization.cancelled = problems.cancelled(field)
        }
    )
}

extension KeyRow {
    static let writeBack = KeyRow(
        "write_back",
        "Properties of the pages that are told what became of their events. Needs an integration that may update content.",
        mayBeNull: true,
        keys: FeedbackField.allCases.map(feedback)
    )

    private static func feedback(_ field: FeedbackField) -> KeyRow {
        let meaning =
            switch field {
            case .link: "A url property, for the address of the event."
            case .status: "A text property, for what became of it, in words."
            }
        return KeyRow(
            "write_back.\(field.rawValue)",
            .nullable(.propertyName),
            "\(meaning) Default: none.",
            shows: { $0.writeBack?[field].map { .text($0.name) } ?? .none("nothing is written") },
            reads: { value, organization throws(Diagnostic) in
                organization.writtenBack[field] =
                    value.isNull ? nil : WriteBack.Column(try value.propertyName(), source: value.node.location)
            }
        )
    }
}

extension Organization {
    /// `write_back:`, which is there as soon as one of its keys is.
    fileprivate var writtenBack: WriteBack {
        get { writeBack ?? WriteBack() }
        set { writeBack = newValue.columns.isEmpty ? nil : newValue }
    }

    /// `templates:`, which is there as soon as one of its keys is.
    fileprivate var templated: TemplateRules {
        get { templates ?? TemplateRules(property: "", source: source) }
        set { templates = newValue }
    }

    /// `window:`, likewise.
    fileprivate var windowed: DeclaredWindow {
        get { window ?? DeclaredWindow() }
        set { window = newValue }
    }
}
