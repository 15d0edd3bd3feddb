/// What `notion_database_id` holds: the id of a database or, as the predecessor allowed, of a data source.
package struct NotionReference: Hashable, Codable, Sendable {
    package let id: DatabaseID
    package init(id: DatabaseID) { self.id = id }
}
