import Foundation

/// What an integration is shown of people: all that the workspace knows of them, or their ids alone.
///
/// Without the capability to read users Notion gives partial objects, as it does of those who left; a mention of one reads
/// `@Anonymous`. <https://developers.notion.com/reference/capabilities>
struct PeopleView {
    private let users: [String: NotionUser]
    private let mayReadUsers: Bool

    init(_ world: NotionWorld, _ integration: NotionIntegration) {
        (users, mayReadUsers) = (world.users, integration.canReadUsers)
    }

    /// A person by id.
    func user(_ id: String) -> JSONValue { shown(["object": "user", "id": .string(id)]) }

    /// A value as the integration gets it.
    func shown(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map(shown))
        case .object(let members):
            if members["object"] == "user" { return shownUser(members) }
            var members = members.mapValues(shown)
            if let mention = members["mention"], let user = mention["user"] {
                let name = user["name"]?.string
                members["plain_text"] = .string("@\(name ?? "Anonymous")")
            }
            return .object(members)
        default: return value
        }
    }

    /// Most values name nobody, and stay text.
    func shown(_ text: String) -> String {
        guard mentionsUser(text), let value = try? JSONParser.parse(text) else { return text }
        return shown(value).text
    }

    private func mentionsUser(_ text: String) -> Bool { text.withCString { strstr($0, "\"user\"") != nil } }

    private func shownUser(_ members: [String: JSONValue]) -> JSONValue {
        let id = members["id"]?.string ?? ""
        guard mayReadUsers else { return ["object": "user", "id": .string(id)] }
        guard members["name"] == nil, let user = users[id] else { return .object(members) }
        return [
            "object": "user", "id": .string(id), "name": .string(user.name), "avatar_url": nil, "type": "person",
            "person": ["email": .string(user.email)],
        ]
    }
}
