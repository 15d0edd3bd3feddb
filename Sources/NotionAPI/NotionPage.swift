package import ReconcileModel

/// A page: one row of a data source, with the properties that were asked for.
///
/// <https://developers.notion.com/reference/page>
package struct NotionPage: Hashable, Sendable {
    package var id: PageID
    /// An RFC 3339 time in UTC, always at a full minute, as also `lastEditedTime`; nil only in a partial page.
    package var createdTime: String?
    package var lastEditedTime: String?
    package var parent = Parent()
    package var isInTrash = false
    /// Put away by the archive feature, which is not the trash.
    package var isArchived = false
    /// For people to follow; its form changes, so that it identifies nothing.
    package var url: String?
    /// By name.
    package var properties: [String: PageProperty]
    /// Notion gave no properties: nothing is known of the page but its id.
    package var isPartial: Bool

    /// A page of which nothing else is known.
    package init(id: PageID, properties: [String: PageProperty] = [:], isPartial: Bool = false) {
        self.id = id
        self.properties = properties
        self.isPartial = isPartial
    }

    /// The value of a property, by its id; nil where the page has none.
    ///
    /// An answer that gives one id to two properties has the first one by name: a dictionary's own order differs from run to run.
    package func value(of id: PropertyID) -> PropertyValue? {
        properties.lazy.filter { $0.value.id == id }.min { $0.key < $1.key }?.value.value
    }

    /// Where the page stands; both ids are nil for a page that is no row of a data source.
    package struct Parent: Hashable, Sendable {
        /// `data_source_id`, `page_id`, …; nil where Notion did not say.
        package var type: String?
        package var dataSource: DataSourceID?
        package var database: DatabaseID?

        package init(type: String? = nil, dataSource: DataSourceID? = nil, database: DatabaseID? = nil) {
            (self.type, self.dataSource, self.database) = (type, dataSource, database)
        }

        /// Whether it tells where the page stands. One that does not must never look like a page that was moved: a type
        /// that Notion adds one day may be another name of a data source.
        package var isKnown: Bool {
            switch type {
            case "data_source_id"?: dataSource != nil
            case "database_id"?: database != nil
            case "page_id"?, "block_id"?, "workspace"?, "agent_id"?: true
            default: false
            }
        }
    }
}

/// One property of a page.
package struct PageProperty: Hashable, Sendable {
    package var id: PropertyID
    package var value: PropertyValue

    package init(id: PropertyID, value: PropertyValue) { (self.id, self.value) = (id, value) }
}
