import Foundation

/// Integrations, databases, data sources and pages.
package struct NotionWorld: Codable, Sendable {
    /// By token.
    package var integrations: [String: NotionIntegration] = [:]
    package var databases: [String: NotionDatabase] = [:]
    package var dataSources: [String: NotionDataSource] = [:]
    package var pages: [String: NotionPage] = [:]
    package var users: [String: NotionUser] = [:]
    var uniqueNumber = 0
}

/// A connection to a workspace: what a token stands for.
package struct NotionIntegration: Codable, Sendable {
    package var name: String
    /// The id of its bot user.
    package var bot: String
    package var workspace = "Student organizations"
    package var canUpdateContent = true
    package var canInsertContent = true
    package var canReadUsers = true
    /// Revoked tokens are answered like unknown ones.
    package var isRevoked = false
}

/// A person in the workspace.
package struct NotionUser: Codable, Sendable {
    package var id: String
    package var name: String
    package var email: String

    package init(id: String, name: String, email: String) { (self.id, self.name, self.email) = (id, name, email) }
}

/// A database: the container that is shared with an integration.
package struct NotionDatabase: Codable, Sendable {
    package let id: String
    package var name: String
    package var summary: String = ""
    /// The page that holds it.
    package var parentPage: String
    /// Ids, in the order in which the database lists them.
    package var dataSources: [String] = []
    /// False: everything in it answers 404.
    package var isShared = true
    /// The bots of the integrations that it is connected to; nil: all.
    var connections: Set<String>?

    /// Whether an integration sees it.
    func isShown(to integration: NotionIntegration) -> Bool {
        isShared && connections?.contains(integration.bot) ?? true
    }
    package var isInTrash = false
    /// In milliseconds since 1970, whole minutes.
    package var created: Int
    package var edited: Int
}

/// A table of a database.
package struct NotionDataSource: Codable, Sendable {
    package let id: String
    package var database: String
    package var name: String
    package var properties: [NotionProperty]
    /// Ids of its pages in the order of their creation, trashed ones included.
    package internal(set) var pages: [String] = []
    package var created: Int
    package var edited: Int

    /// Finds a property by name or by id, encoded or not.
    package func property(_ nameOrID: String) -> NotionProperty? {
        properties.first { $0.id == nameOrID || $0.name == nameOrID || $0.id.removingPercentEncoding == nameOrID }
    }
}

/// A column. Its id stays when it is renamed.
package struct NotionProperty: Codable, Sendable {
    /// Percent-encoded, as answers carry it.
    package var id: String
    package var name: String
    /// As in the API: `title`, `rich_text`, `date`…
    package var type: String
    package var summary: String?
    /// What stands under the type's name in the schema, such as the options of a select.
    package var configuration: JSONValue
    /// False: gone from schema and pages, as a relation whose target is not shared.
    package var isVisible = true

    package init(_ name: String, id: String, type: String, configuration: JSONValue = [:]) {
        (self.name, self.id, self.type, self.configuration) = (name, id, type, configuration)
    }
}

/// A row.
package struct NotionPage: Codable, Sendable {
    package let id: String
    /// The data source it stands in; nil for one that was moved out of every database.
    package var dataSource: String?
    /// In milliseconds since 1970, rounded down to the minute.
    package var created: Int
    package var edited: Int
    package var isInTrash = false
    package var isArchived = false
    /// Purged or never shared: answers 404.
    package var isGone = false
    package var icon: JSONText = .null
    package var creator: String
    package var editor: String
    /// What stands under the type's name, by property id; absent: the empty value of the type.
    package var values: [String: JSONText] = [:]
}
