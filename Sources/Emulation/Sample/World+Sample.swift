extension World {
    /// Three organizations with about 40 pages that show every form of date, and a calendar that was there before us.
    ///
    /// The declarations of `orgs.d` belong to it, and to a fourth database those of `examples`.
    /// - Throws: `SigningError` where no key can be made.
    package static func sample() throws -> World {
        var world = try empty(seed: 2026)
        for user in people { world.notion.users[user.id] = user }
        world.addSampleACM()
        world.addSampleRobotics()
        world.addSampleFilm()
        world.addSampleChess()
        return world
    }

    static let people = [
        NotionUser(id: "5ee069d7-88da-51e9-a471-6cfe7f3fff0c", name: "Ada Okafor", email: "ada@example.org"),
        NotionUser(id: "7a1c94f2-0d5b-4c3e-8f66-b2e0d9a4c871", name: "Jonas Weiß", email: "jonas@example.org"),
    ]

    /// Adds the rows of a sample table, one minute of creation apart.
    mutating func add(_ rows: [SampleRow], to parent: String, columns: SampleColumns) {
        for (index, row) in rows.enumerated() {
            var values: [String: JSONValue] = [:]
            if let location = row.location { values[columns.location] = columns.value(location) }
            if let description = row.description { values[columns.description] = description }
            if let kind = columns.kind { values[kind] = row.kind.map { NotionProperty.option($0) } ?? .null }
            if let published = columns.published { values[published] = .bool(!row.isDraft) }
            if let recurrence = columns.recurrence { values[recurrence] = RichText.value(row.rule ?? "") }
            if let deadline = columns.deadline {
                values[deadline] = row.deadline.map { NotionProperty.date($0) } ?? .null
            }
            let page = addPage(
                to: parent,
                title: row.title,
                date: row.date,
                end: row.end,
                timeZone: row.zone,
                values: values,
                id: row.id,
                created: World.epoch + index * 3_600_000
            )
            guard row.isTrashed, let page else { continue }
            editPage(page) { $0.isInTrash = true }
        }
    }
}

/// A page of the sample world.
struct SampleRow {
    var title: String
    var date: String?
    var end: String?
    var zone: String?
    var location: String?
    /// Rich text.
    var description: JSONValue?
    var isTrashed = false
    /// Not to be published yet.
    var isDraft = false
    /// What it is: an option.
    var kind: String?
    /// Until when people sign up, a day.
    var deadline: String?
    /// How it repeats.
    var rule: String?
    /// Given where something on Google's side refers to it.
    var id: String?

    init(
        _ title: String,
        _ date: String? = nil,
        to end: String? = nil,
        zone: String? = nil,
        at location: String? = nil,
        about description: JSONValue? = nil
    ) {
        (self.title, self.date, self.end) = (title, date, end)
        (self.zone, self.location, self.description) = (zone, location, description)
    }

    func trashed() -> SampleRow { changed { $0.isTrashed = true } }

    func draft() -> SampleRow { changed { $0.isDraft = true } }

    func of(_ kind: String) -> SampleRow { changed { $0.kind = kind } }

    func until(_ deadline: String) -> SampleRow { changed { $0.deadline = deadline } }

    func repeating(_ rule: String) -> SampleRow { changed { $0.rule = rule } }

    func identified(_ id: String) -> SampleRow { changed { $0.id = id } }

    private func changed(_ change: (inout SampleRow) -> Void) -> SampleRow {
        var row = self
        change(&row)
        return row
    }
}

/// How a sample table names its columns.
struct SampleColumns {
    var location = "Location"
    var description = "Description"
    /// A select, or text.
    var locationIsOption = true
    /// A select or status, a checkbox and a date; nil: the table has none.
    var kind: String?
    var published: String?
    var deadline: String?
    /// A text; nil: the table has none.
    var recurrence: String?

    func value(_ location: String) -> JSONValue {
        locationIsOption ? NotionProperty.option(location) : RichText.value(location)
    }
}
