import ReconcileModel

/// All that can be declared. Reading, `_defaults.yaml`, "did you mean", `reconcile schema` and `validate --explain` go by this list: a
/// key is one row of it, and a property of `Organization`.
enum KeyTable {
    static let rows: [KeyRow] = [
        KeyRow(
            "prefix",
            .prefix,
            "Names the organization in URLs and on the command line; unique.",
            isRequired: true,
            mayBeDefault: false,
            shows: { .text($0.prefix) },
            reads: { field, organization throws(Diagnostic) in organization.prefix = try field.prefix() }
        ),
        .previously,
        KeyRow(
            "name",
            .title(longest: Field.longestLine),
            "Shown to people.",
            isRequired: true,
            mayBeDefault: false,
            shows: { .text($0.name) },
            reads: { field, organization throws(Diagnostic) in organization.name = try field.title() }
        ),
        KeyRow(
            "active",
            .boolean,
            "false: no endpoint, no sync, and nothing is deleted. Default: true.",
            shows: { .flag($0.isActive) },
            reads: { field, organization throws(Diagnostic) in organization.isActive = try field.boolean() }
        ),
        KeyRow(
            "sync_enabled",
            .boolean,
            "Whether its events are written to Google Calendar; needs notion_database_id. Default: false.",
            shows: { .flag($0.isSyncEnabled) },
            reads: { field, organization throws(Diagnostic) in organization.isSyncEnabled = try field.boolean() }
        ),
        KeyRow(
            "notion_database_id",
            .notionID,
            "The id of the Notion database, with or without dashes, or its URL.",
            mayBeDefault: false,
            shows: { $0.notion.map { .text($0.id.rawValue) } ?? .none("no events") },
            reads: { field, organization throws(Diagnostic) in organization.notion = try field.notionReference() }
        ),
        KeyRow(
            "data_source",
            .line(longest: Field.longestLine),
            "Name or id of the data source; only needed where the database has several.",
            mayBeDefault: false,
            shows: { $0.dataSource.map { .text($0) } ?? .none("the only one") },
            reads: { field, organization throws(Diagnostic) in organization.dataSource = try field.line() }
        ),
        .credentials,
        KeyRow(
            "google_calendar_id",
            .calendarID,
            "The calendar to write to. Without this key one is created; another one than before needs --allow-move.",
            mayBeDefault: false,
            shows: { $0.googleCalendar.map { .text($0.rawValue) } ?? .none("one is created") },
            reads: { field, organization throws(Diagnostic) in organization.googleCalendar = try field.calendarID() }
        ),
        .timeZone,
        .calendar,
        .properties,
        .filter,
        .window,
        KeyRow(
            "default_duration",
            .duration(longestDays: Field.longestDays),
            "How long an event takes whose date has a time but no end, such as 1h30m; from 1m to 30d. Default: 60m.",
            shows: { .text(DurationText.text($0.defaultDuration)) },
            reads: { field, organization throws(Diagnostic) in organization.defaultDuration = try field.duration() }
        ),
        KeyRow(
            "sync_interval",
            .duration(longestDays: Field.longestDays),
            "How often `reconcile serve` synchronizes it; from 1m to 30d. Default: what --interval says, else 15m.",
            shows: { $0.syncInterval.map { .text(DurationText.text($0)) } ?? .none("what --interval says") },
            reads: { field, organization throws(Diagnostic) in organization.syncInterval = try field.duration() }
        ),
        .templates,
        .cancelled,
        .writeBack,
        KeyRow(
            "deletions",
            .choice(DeletionPolicy.allCases.map(\.rawValue)),
            "auto: an event whose page is gone is deleted, within limits. confirm: only after a \"yes\" to `reconcile apply` at a terminal. never: events are left alone. Default: auto.",
            shows: { .text($0.deletions.rawValue) },
            reads: { field, organization throws(Diagnostic) in organization.deletions = try field.deletions() }
        ),
        .safety,
    ]
}

extension KeyRow {
    fileprivate static let previously = KeyRow(
        key: DeclarationKey(
            path: "previously",
            meaning:
                "Prefixes it had before. Its calendar, links and ids are kept, and its old addresses lead to the new ones.",
            value: .list(.prefix),
            mayBeDefault: false
        ),
        shows: { .list($0.previously) },
        reads: { field, declaration, problems in
            let items = problems.value { () throws(Diagnostic) in
                try field.items(of: "a list of prefixes", hint: "write [\(field.plainText ?? "acm-asu")]")
            }
            for item in items ?? [] {
                guard let prefix = problems.value(item.prefix) else { continue }
                declaration.organization.previously.append(prefix)
                declaration.formerPrefixes.append((prefix, item.node.location))
            }
        }
    )

    fileprivate static let timeZone = KeyRow(
        key: DeclarationKey(
            path: "timezone",
            meaning: "An IANA zone, such as America/Phoenix. Default: the variable TIMEZONE, else UTC.",
            value: .timeZone
        ),
        shows: { .text($0.timeZone) },
        reads: { field, declaration, problems in
            let isKnown = problems.isKnownTimeZone
            let zone = problems.value { () throws(Diagnostic) in try field.timeZone(isKnown: isKnown) }
            guard let zone else { return }
            declaration.organization.timeZone = zone
            declaration.organization.isTimeZoneNamed = true
        }
    )

    fileprivate static let calendar = KeyRow(
        "calendar",
        "Without this key a new calendar is named \"<name> Events\", and one given by id keeps its settings.",
        keys: [
            KeyRow(
                "calendar.name",
                .title(longest: Field.longestLine),
                "What the calendar is called.",
                shows: { organization in
                    let isKept = organization.googleCalendar != nil && organization.calendar?.name == nil
                    return isKept ? .none("as it is, unless reconcile created it") : .text(organization.calendarName)
                },
                reads: { field, organization throws(Diagnostic) in organization.described.name = try field.title() }
            ),
            KeyRow(
                "calendar.description",
                .text,
                "What people read about the calendar.",
                shows: { $0.calendar?.description.map { .text($0) } ?? .none("what people write there") },
                reads: { field, organization throws(Diagnostic) in organization.described.description = try field.text()
                }
            ),
            .sharing,
        ]
    )

    private static let sharing = KeyRow(
        key: DeclarationKey(
            path: "calendar.sharing",
            meaning:
                "Who else may see it: a list of roles and scopes. []: nobody by us. null, or without this key: sharing is left "
                + "alone.",
            value: .nullable(.list(.mapping(Field.accessKeys.map(\.key))))
        ),
        shows: { organization in
            guard let sharing = organization.calendar?.sharing else { return .none("left alone") }
            return .list(sharing.map(\.rule.title))
        },
        reads: { field, declaration, problems in
            guard !field.isNull else { return declaration.organization.described.sharing = nil }
            declaration.organization.described.sharing = problems.sharing(field)
        }
    )

    fileprivate static let safety = KeyRow(
        "safety",
        "What holds back changes until a person allows them by name.",
        keys: [
            KeyRow(
                "safety.max_delete_percent",
                .integer(0...100),
                "Deletes beyond this share of the organization's events are blocked. Default: 25.",
                shows: { .number($0.maxDeletePercent) },
                reads: { field, organization throws(Diagnostic) in
                    organization.maxDeletePercent = try field.percentage()
                }
            )
        ]
    )
}

extension Organization {
    /// `calendar:`, which is there as soon as one of its keys is.
    fileprivate var described: CalendarSettings {
        get { calendar ?? CalendarSettings() }
        set { calendar = newValue }
    }
}
