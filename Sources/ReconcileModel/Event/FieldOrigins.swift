/// Where the fields of an organization's events come from: what a run remembers, so that a later one can say what changed.
package struct FieldOrigins: Hashable, Codable, Sendable {
    /// A property of the data source, as it was.
    package struct Column: Hashable, Codable, Sendable {
        package var id: String
        package var name: String
        package var type: String

        package init(id: String, name: String, type: String) { (self.id, self.name, self.type) = (id, name, type) }
    }

    /// The property of each managed field; start and end have the same.
    package var columns: [EventField: Column]
    /// The data source that they are columns of; nil in states of before it was noted.
    package var dataSource: DataSourceID?
    /// `default_duration`, in seconds; what an end is made of where a page has none.
    package var defaultDuration: Int

    package init(
        columns: [EventField: Column] = [:],
        of dataSource: DataSourceID? = nil,
        defaultDuration: Int = 3600
    ) {
        (self.columns, self.dataSource, self.defaultDuration) = (columns, dataSource, defaultDuration)
    }
}
