/// Who calls Notion, and in which version of the API.
struct NotionCaller {
    var token: String
    var integration: NotionIntegration
    var version: String

    /// Before 2026-03-11 objects carry `archived` beside `in_trash`.
    var showsArchived: Bool { version < "2026-03-11" }
    /// Before 2025-09-03 a database is one table.
    var knowsDataSources: Bool { version >= "2025-09-03" }
}

extension Engine {
    /// Any request below `/v1`.
    mutating func answerNotion(_ call: Call) throws(Refusal) -> Answer {
        let requestID = world.identifiers.uuid()
        var answer: Answer
        do throws(Refusal) {
            let caller = try notionCaller(call)
            answer = try answerNotion(call, caller)
        } catch {
            answer = error.answer
            if let body = try? JSONParser.parse(answer.body), body["object"] == "error" {
                var body = body
                body["request_id"] = .string(requestID)
                answer.body = JSONWriter.write(body)
            }
        }
        answer.headers["Content-Type"] = "application/json; charset=utf-8"
        answer.headers["x-notion-request-id"] = requestID
        return answer
    }

    private mutating func notionCaller(_ call: Call) throws(Refusal) -> NotionCaller {
        let parts = (call.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let integration = world.notion.integrations[String(parts[1])], !integration.isRevoked
        else { throw .invalidToken }
        guard let version = call.headers["notion-version"] else {
            throw .notion(
                400,
                "missing_version",
                "Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`."
            )
        }
        guard ["2022-06-28", "2025-09-03", "2026-03-11"].contains(version) else {
            throw .notion(
                400,
                "missing_version",
                "Notion-Version header failed validation: Notion-Version header should be `\"2025-09-03\"` or `\"2026-03-11\"`, instead was `\"\(version)\"`."
            )
        }
        let token = String(parts[1])
        if let limit = settings.notionRequestsPerMinute,
            !notionQuota.spend(1, by: token, now: now, limit: limit)
        {
            throw .rateLimited(retryAfter: notionQuota.retryAfter(token, now: now))
        }
        return NotionCaller(token: token, integration: integration, version: version)
    }

    private mutating func answerNotion(_ call: Call, _ caller: NotionCaller) throws(Refusal) -> Answer {
        let path = Array(call.path.dropFirst())
        let id = path.count > 1 ? path[1] : ""
        switch (call.method, path.first ?? "", path.count) {
        case ("GET", "databases", 2): return .json(try databaseResource(id, caller))
        case ("POST", "databases", 3) where path[2] == "query" && !caller.knowsDataSources:
            return try query(try onlySource(of: id, caller), call, caller)
        case ("GET", "data_sources", 2) where caller.knowsDataSources: return .json(try dataSourceResource(id, caller))
        case ("POST", "data_sources", 3) where path[2] == "query" && caller.knowsDataSources:
            return try query(try dataSource(id, caller), call, caller)
        case ("GET", "pages", 2): return try pageAnswer(id, call, caller)
        case ("PATCH", "pages", 2): return try changePage(id, call, caller)
        case ("POST", "pages", 1): return try createPage(call, caller)
        case ("GET", "pages", 4) where path[2] == "properties": return try propertyItem(id, path[3], call, caller)
        case ("POST", "search", 1): return try search(call, caller)
        case ("GET", "users", 2) where id == "me": return .json(botResource(caller))
        default: throw .invalidURL
        }
    }

    /// The JSON object in the body.
    func notionBody(_ call: Call) throws(Refusal) -> [String: JSONValue] {
        if call.body.isEmpty { return [:] }
        guard let value = try? JSONParser.parse(call.body) else { throw .invalidJSON }
        guard let object = value.object else { throw .validation("body failed validation: body should be an object.") }
        return object
    }

    private func botResource(_ caller: NotionCaller) -> JSONValue {
        [
            "object": "user", "id": .string(caller.integration.bot), "name": .string(caller.integration.name),
            "avatar_url": nil, "type": "bot",
            "bot": [
                "owner": ["type": "workspace", "workspace": true],
                "workspace_name": .string(caller.integration.workspace),
            ],
        ]
    }

    // MARK: What a caller can see

    func people(_ caller: NotionCaller) -> PeopleView { PeopleView(world.notion, caller.integration) }

    func uuid(_ text: String, _ name: String) throws(Refusal) -> String {
        guard let id = dashed(text) else {
            throw .validation("path failed validation: path.\(name) should be a valid uuid, instead was `\"\(text)\"`.")
        }
        return id
    }

    func database(_ text: String, _ caller: NotionCaller) throws(Refusal) -> NotionDatabase {
        let id = try uuid(text, "database_id")
        guard let database = world.notion.databases[id], database.isShown(to: caller.integration) else {
            throw .notFound("database", id, integration: caller.integration.name)
        }
        return database
    }

    func dataSource(_ text: String, _ caller: NotionCaller) throws(Refusal) -> NotionDataSource {
        let id = try uuid(text, "data_source_id")
        guard let source = world.notion.dataSources[id],
            world.notion.databases[source.database]?.isShown(to: caller.integration) == true
        else {
            throw .notFound("data_source", id, integration: caller.integration.name)
        }
        return source
    }

    func page(_ text: String, _ caller: NotionCaller) throws(Refusal) -> (NotionPage, NotionDataSource?) {
        let id = try uuid(text, "page_id")
        guard let page = world.notion.pages[id], !page.isGone else {
            throw .notFound("page", id, integration: caller.integration.name)
        }
        let source = page.dataSource.flatMap { world.notion.dataSources[$0] }
        if let source, world.notion.databases[source.database]?.isShown(to: caller.integration) != true {
            throw .notFound("page", id, integration: caller.integration.name)
        }
        return (page, source)
    }

    func onlySource(of text: String, _ caller: NotionCaller) throws(Refusal) -> NotionDataSource {
        let database = try database(text, caller)
        guard database.dataSources.count == 1, let source = database.dataSources.first else {
            throw .severalDataSources(database)
        }
        return try dataSource(source, caller)
    }
}
