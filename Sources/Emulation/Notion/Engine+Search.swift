/// `POST /v1/search`: databases' data sources and pages by title.
///
/// <https://developers.notion.com/reference/post-search>
extension Engine {
    func search(_ call: Call, _ caller: NotionCaller) throws(Refusal) -> Answer {
        let body = try notionBody(call)
        let words = body["query"]?.string?.lowercased() ?? ""
        let kind = body["filter"]?["value"]?.string
        guard kind == nil || ["page", "data_source"].contains(kind) else {
            throw .validation(
                "body failed validation: body.filter.value should be `\"page\"` or `\"data_source\"`, instead was `\"\(kind ?? "")\"`."
            )
        }
        let size = try NotionPaging.size(body["page_size"])
        let list = "search \(kind ?? "") \(words)"
        let start = try NotionPaging.offset(body["start_cursor"], list: list)
        var results: [() throws(Refusal) -> String] = []
        if kind != "page" {
            for source in sources(caller) where words.isEmpty || source.name.lowercased().contains(words) {
                results.append { resource(of: source, caller).text }
            }
        }
        if kind != "data_source" { results += try pages(words, caller) }
        let end = min(start + size, results.count)
        var texts: [String] = []
        for result in results[min(start, end)..<end] { texts.append(try result()) }
        let cursor = end < results.count ? "\"\(NotionPaging.cursor(end, list: list))\"" : "null"
        let text = #"""
            {"object":"list","results":[\#(texts.joined(separator: ","))],"next_cursor":\#(cursor),\#
            "has_more":\#(end < results.count),"type":"page_or_data_source","page_or_data_source":{}}
            """#
        return Answer(status: 200, body: Array(text.utf8))
    }

    private func sources(_ caller: NotionCaller) -> [NotionDataSource] {
        world.notion.dataSources.values
            .filter { world.notion.databases[$0.database]?.isShown(to: caller.integration) == true }
            .sorted { $0.id < $1.id }
    }

    private func pages(_ words: String, _ caller: NotionCaller) throws(Refusal) -> [() throws(Refusal) -> String] {
        var results: [() throws(Refusal) -> String] = []
        for source in sources(caller) {
            let rendering = try PageRendering(source: source, shown: [], caller: caller, people: people(caller))
            let title = source.properties.first { $0.type == "title" }
            for page in source.pages.compactMap({ world.notion.pages[$0] }) where !page.isInTrash && !page.isGone {
                let text = title.map { RichText.plainText(of: PropertyValue.value(of: $0, in: page)) } ?? ""
                guard words.isEmpty || text.lowercased().contains(words) else { continue }
                results.append { rendering.text(page) }
            }
        }
        return results
    }
}
