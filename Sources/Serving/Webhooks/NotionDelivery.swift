package import Foundation
package import ReconcileModel
import Transport

/// One webhook delivery: a signal that something changed, without what it is now.
///
/// Notion adds fields and types at any time, so nothing but the outer shape is asked for.
/// <https://developers.notion.com/reference/webhooks-events-delivery>
package struct NotionDelivery: Equatable, Sendable {
    /// Equal in all attempts of one delivery.
    package var id: String?
    /// Such as `page.created`.
    package var type: String
    /// From 1.
    package var attempt: Int
    package var subject: Subject?

    /// What changed, where it may concern events.
    package enum Subject: Equatable, Sendable {
        /// A page, in the table that it is in now, if in any. `isMoved`: it may have come from another.
        case page(PageID, in: NotionTable?, isMoved: Bool)
        /// A database or data source; `isSchema`: which properties it has.
        case table(NotionTable, isSchema: Bool)
    }

    package init(id: String?, type: String, attempt: Int = 1, subject: Subject?) {
        (self.id, self.type, self.attempt, self.subject) = (id, type, attempt, subject)
    }
}

/// Where pages are, as deliveries name it: by a data source, by the database that holds it, or by both.
package struct NotionTable: Hashable, Sendable {
    package var database: DatabaseID?
    package var dataSource: DataSourceID?

    package init(database: DatabaseID? = nil, dataSource: DataSourceID? = nil) {
        (self.database, self.dataSource) = (database, dataSource)
    }
}

extension NotionDelivery {
    /// Longer than any id of Notion's; what is longer is not remembered.
    private static let longestID = 128

    /// Nil where the body is no JSON object with a type.
    package init?(_ body: Data) {
        guard let message = try? ReceivedJSON.decode(DeliveryMessage.self, from: body), let type = message.type
        else { return nil }
        self.type = type
        id = message.id.flatMap { $0.isEmpty || $0.utf8.count > Self.longestID ? nil : $0 }
        attempt = message.attempt ?? 1
        subject = Subject(type, message)
    }
}

extension NotionDelivery.Subject {
    /// Nil for types that do not concern events, known and unknown.
    fileprivate init?(_ type: String, _ message: DeliveryMessage) {
        switch type {
        case "page.created", "page.moved", "page.deleted", "page.undeleted", "page.properties_updated",
            // Also how a new title is reported.
            "page.content_updated":
            guard let page = message.entity?.id.flatMap(PageID.init(parsing:)) else { return nil }
            self = .page(page, in: message.parent?.table, isMoved: type == "page.moved")
        case "data_source.created", "data_source.moved", "data_source.deleted", "data_source.undeleted",
            "data_source.content_updated", "data_source.schema_updated":
            var table = message.parent?.table ?? NotionTable()
            table.dataSource = message.entity?.id.flatMap(DataSourceID.init(parsing:))
            self = .table(table, isSchema: type == "data_source.schema_updated")
        case "database.created", "database.moved", "database.deleted", "database.undeleted",
            "database.content_updated", "database.schema_updated":
            let table = NotionTable(database: message.entity?.id.flatMap(DatabaseID.init(parsing:)))
            self = .table(table, isSchema: type == "database.schema_updated")
        default: return nil
        }
    }
}

/// The JSON of a delivery, or of the handshake; a member of an unexpected type counts as absent.
struct DeliveryMessage: Decodable {
    var id: String?
    var type: String?
    var attempt: Int?
    var entity: Entity?
    var parent: Parent?
    /// Only the handshake has one.
    var verificationToken: String?

    struct Entity: Decodable {
        var id: String?
    }

    struct Parent: Decodable {
        var id: String?
        var type: String?
        var data_source_id: String?

        /// Nil for a parent that is no database: a page, a space, a block, a team.
        var table: NotionTable? {
            let source = data_source_id.flatMap(DataSourceID.init(parsing:))
            switch type {
            case "database": return NotionTable(database: id.flatMap(DatabaseID.init(parsing:)), dataSource: source)
            case "data_source": return NotionTable(dataSource: id.flatMap(DataSourceID.init(parsing:)) ?? source)
            default: return source.map { NotionTable(dataSource: $0) }
            }
        }
    }

    private struct Details: Decodable {
        var parent: Parent?
    }

    private enum Key: String, CodingKey {
        case id, type, entity, data
        case attempt = "attempt_number"
        case verificationToken = "verification_token"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func member<Value: Decodable>(_ key: Key) -> Value? { try? container.decode(Value.self, forKey: key) }
        (id, type, attempt, entity) = (member(.id), member(.type), member(.attempt), member(.entity))
        let details: Details? = member(.data)
        parent = details?.parent
        verificationToken = member(.verificationToken)
    }
}
