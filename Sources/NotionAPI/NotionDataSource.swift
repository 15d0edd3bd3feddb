package import ReconcileModel

/// A database: the container of one or more data sources.
///
/// <https://developers.notion.com/reference/database>
package struct NotionDatabase: Hashable, Sendable {
    package var id: DatabaseID
    package var title: String
    package var isInTrash: Bool
    package var dataSources: [DataSourceReference]

    package init(id: DatabaseID, title: String, isInTrash: Bool = false, dataSources: [DataSourceReference]) {
        (self.id, self.title, self.isInTrash, self.dataSources) = (id, title, isInTrash, dataSources)
    }

    /// What a database says of each of its data sources.
    package struct DataSourceReference: Hashable, Sendable {
        package var id: DataSourceID
        package var name: String

        package init(id: DataSourceID, name: String) { (self.id, self.name) = (id, name) }
    }
}

/// A data source: a table with its schema.
///
/// <https://developers.notion.com/reference/data-source>
package struct NotionDataSource: Hashable, Sendable {
    package var id: DataSourceID
    package var databaseID: DatabaseID?
    package var title: String
    package var isInTrash: Bool
    /// Sorted by name. A relation whose target is not shared with the integration is missing here.
    package var properties: [PropertySchema]

    package init(
        id: DataSourceID,
        databaseID: DatabaseID? = nil,
        title: String,
        isInTrash: Bool = false,
        properties: [PropertySchema]
    ) {
        (self.id, self.databaseID, self.title) = (id, databaseID, title)
        (self.isInTrash, self.properties) = (isInTrash, properties)
    }
}

/// One column of a data source.
package struct PropertySchema: Hashable, Sendable {
    package var id: PropertyID
    package var name: String
    package var type: PropertyType
    /// The names of the options of a select, multi_select or status property; else empty.
    package var options: [String]
    /// What a rollup or a formula is computed from; empty for the other types.
    package var sources: [PropertySource]

    package init(
        id: PropertyID,
        name: String,
        type: PropertyType,
        options: [String] = [],
        sources: [PropertySource] = []
    ) {
        (self.id, self.name, self.type, self.options, self.sources) = (id, name, type, options, sources)
    }
}

/// A property of the same data source that another one is computed from. It may be missing from the schema: then the
/// database that it leads to is not shared with the integration.
package enum PropertySource: Hashable, Sendable {
    case id(PropertyID)
    case name(String)
    /// The schema does not tell.
    case untold
}

/// The integration itself, as a user.
package struct NotionBot: Hashable, Sendable {
    package var id: String
    package var name: String?
    package var workspaceName: String?

    package init(id: String, name: String? = nil, workspaceName: String? = nil) {
        (self.id, self.name, self.workspaceName) = (id, name, workspaceName)
    }
}
