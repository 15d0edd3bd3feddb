/// Where the fields of an organization's events come from: what a run remembers, so that a later one can say what changed.
package struct FieldOrigins: Hashable, Codable, Sendable {
    /// A property of the data source, as it was.
    package struct Column: Hashable, Codable, Sendable {
        package var id: String
        package var name: String
        package var type: String

        /// The type of a text that a pattern makes: its id is the whole pattern, its name how it begins.
        package static let pattern = "pattern"

        package var isPattern: Bool { type == Self.pattern }

        package init(id: String, name: String, type: String) { (self.id, self.name, self.type) = (id, name, type) }
    }

    /// The property of each managed field; start and end have the same.
    package var columns: [EventField: Column]
    /// The properties that decide which pages become events; nil: none, or in states of before it was noted.
    package var asked: [Column]?
    /// The data source that they are columns of; nil in states of before it was noted.
    package var dataSource: DataSourceID?
    /// `default_duration`, in seconds; what an end is made of where a page has none.
    package var defaultDuration: Int

    package init(
        columns: [EventField: Column] = [:],
        asked: [Column]? = nil,
        of dataSource: DataSourceID? = nil,
        defaultDuration: Int = 3600
    ) {
        self.columns = columns
        self.asked = asked
        self.dataSource = dataSource
        self.defaultDuration = defaultDuration
    }
}
