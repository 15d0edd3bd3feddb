/// Where the events of an organization came from before they come from another database or data source.
package struct DatabaseChange: Hashable, Codable, Sendable {
    package var database: DatabaseID
    /// Nil: not known.
    package var dataSource: DataSourceID?

    package init(database: DatabaseID, dataSource: DataSourceID? = nil) {
        (self.database, self.dataSource) = (database, dataSource)
    }
}
