/// Pages as answers carry them, written as text at once: a listing of 25,000 is mostly this.
struct PageRendering {
    let caller: NotionCaller
    let source: NotionDataSource?
    private let people: PeopleView
    /// What precedes the value of each shown property: `"Name":{"id":"title","type":"title","title":`.
    private let columns: [(property: NotionProperty, head: String)]
    private let parent: String

    /// - Parameter shown: names or ids of the properties to show; empty: all.
    /// - Throws: 400 for a property that the schema has not.
    init(
        source: NotionDataSource?,
        shown: [String],
        caller: NotionCaller,
        people: PeopleView
    ) throws(Refusal) {
        (self.source, self.caller, self.people) = (source, caller, people)
        var properties = (source?.properties ?? []).filter(\.isVisible)
        if !shown.isEmpty {
            var wanted: Set<String> = []
            for name in shown {
                guard let property = source?.property(name), property.isVisible else {
                    throw .validation("\(name) is not a property that exists.")
                }
                wanted.insert(property.id)
            }
            properties.removeAll { !wanted.contains($0.id) }
        }
        columns = properties.map { property in
            let (name, id, type) = (
                JSONValue.string(property.name).text, JSONValue.string(property.id).text, property.type
            )
            return (property, "\(name):{\"id\":\(id),\"type\":\"\(type)\",\"\(type)\":")
        }
        parent =
            source.map {
                #"{"type":"data_source_id","data_source_id":"\#($0.id)","database_id":"\#($0.database)"}"#
            } ?? #"{"type":"workspace","workspace":true}"#
    }

    func text(_ page: NotionPage) -> String {
        let values = columns.map { "\($0.head)\(people.shown(PropertyValue.text(of: $0.property, in: page)))}" }.joined(
            separator: ","
        )
        let archived = caller.showsArchived ? #""archived":\#(page.isInTrash),"# : ""
        let (created, edited) = (Milliseconds.text(page.created), Milliseconds.text(page.edited))
        return #"""
            {"object":"page","id":"\#(page.id)","created_time":"\#(created)","last_edited_time":"\#(edited)",\#
            "created_by":{"object":"user","id":"\#(page.creator)"},\#
            "last_edited_by":{"object":"user","id":"\#(page.editor)"},"cover":null,"icon":\#(page.icon.text),\#
            "parent":\#(parent),"in_trash":\#(page.isInTrash),\#(archived)"is_archived":\#(page.isArchived),\#
            "is_locked":false,"properties":{\#(values)},\#
            "url":"https://app.notion.com/p/\#(compact(page.id))","public_url":null}
            """#
    }
}

/// Values of properties, with those that Notion computes.
enum PropertyValue {
    /// What stands under the type's name, and after it where there is more: `[…],"has_more":false`.
    static func text(of property: NotionProperty, in page: NotionPage) -> String {
        switch property.type {
        case "relation": referencesText(property, page) { ",\"has_more\":\($0)" }
        case "people": referencesText(property, page) { _ in "" }
        default: plain(property, page)?.text ?? value(of: property, in: page).text
        }
    }

    static func value(of property: NotionProperty, in page: NotionPage) -> JSONValue {
        if let stored = plain(property, page) { return stored.value }
        switch property.type {
        case "title", "rich_text", "multi_select", "people", "files", "relation": return []
        case "checkbox": return false
        case "created_time": return .string(Milliseconds.text(page.created))
        case "last_edited_time": return .string(Milliseconds.text(page.edited))
        case "created_by": return ["object": "user", "id": .string(page.creator)]
        case "last_edited_by": return ["object": "user", "id": .string(page.editor)]
        case "formula": return ["type": "string", "string": nil]
        case "rollup": return ["type": "array", "array": [], "function": "show_original"]
        case "unique_id": return ["prefix": property.configuration["prefix"] ?? .null, "number": nil]
        case "button": return [:]
        default: return nil
        }
    }

    private static func plain(_ property: NotionProperty, _ page: NotionPage) -> JSONText? {
        ["created_time", "last_edited_time", "created_by", "last_edited_by"].contains(property.type)
            ? nil : page.values[property.id]
    }

    /// At most 25 references, and a word about the rest.
    ///
    /// <https://developers.notion.com/reference/retrieve-a-page>
    private static func referencesText(_ property: NotionProperty, _ page: NotionPage, rest: (Bool) -> String) -> String
    {
        let items = page.values[property.id]?.value.array ?? []
        return JSONValue.array(Array(items.prefix(25))).text + rest(items.count > 25)
    }
}
