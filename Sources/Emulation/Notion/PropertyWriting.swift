import Foundation
import ReconcileModel

/// What a request may write into a property, in the form in which answers carry it.
///
/// <https://developers.notion.com/reference/page-property-values>
struct PropertyWriting {
    var property: NotionProperty
    /// Whether the schema can get new options.
    var options: [JSONValue]

    init(_ property: NotionProperty) {
        self.property = property
        options = property.configuration["options"]?.array ?? []
    }

    /// - Returns: the value to store; nil clears it.
    mutating func stored(_ input: JSONValue) throws(Refusal) -> JSONValue? {
        guard let value = input[property.type] else {
            throw .validation(
                "body failed validation: body.properties.\(property.name).\(property.type) should be defined, instead was `undefined`."
            )
        }
        switch property.type {
        case "title", "rich_text": return try richText(value)
        case "select": return try option(value, creates: true)
        case "status": return try option(value, creates: false)
        case "multi_select":
            var chosen: [JSONValue] = []
            for item in try list(value) { if let option = try option(item, creates: true) { chosen.append(option) } }
            return .array(chosen)
        case "date": return try date(value)
        case "number": return try checked(value, value.isNull || value.double != nil)
        case "checkbox": return try checked(value, value.bool != nil)
        case "url", "email", "phone_number": return try checked(value, value.isNull || value.filledText != nil)
        case "people", "relation":
            return .array(try list(value).map { item throws(Refusal) in try reference(item) })
        case "files": return .array(try list(value))
        default: throw .validation("Property \(property.name) of type \(property.type) is read-only.")
        }
    }

    private func checked(_ value: JSONValue, _ isFine: Bool) throws(Refusal) -> JSONValue? {
        guard isFine else {
            throw .validation(
                "body failed validation: body.properties.\(property.name).\(property.type) should be valid, instead was `\(value.text)`."
            )
        }
        return value.isNull ? nil : value
    }

    private func list(_ value: JSONValue) throws(Refusal) -> [JSONValue] {
        guard let items = value.array else {
            throw .validation(
                "body failed validation: body.properties.\(property.name).\(property.type) should be an array, instead was `\(value.text)`."
            )
        }
        guard items.count <= 100 else {
            throw .validation(
                "body failed validation: body.properties.\(property.name).\(property.type).length should be ≤ `100`, instead was `\(items.count)`."
            )
        }
        return items
    }

    private func richText(_ value: JSONValue) throws(Refusal) -> JSONValue {
        var items: [JSONValue] = []
        for (index, item) in try list(value).enumerated() {
            guard let content = item["text"]?["content"]?.string else { items.append(item); continue }
            let length = content.unicodeScalars.count
            guard length <= 2000 else {
                throw .validation(
                    "body failed validation: body.properties.\(property.name).\(property.type)[\(index)].text.content.length should be ≤ `2000`, instead was `\(length)`."
                )
            }
            var whole = RichText.item(content, link: item["text"]?["link"]?["url"]?.string)
            for (name, flag) in item["annotations"]?.object ?? [:] { whole["annotations"]?[name] = flag }
            items.append(whole)
        }
        return .array(items)
    }

    private mutating func option(_ value: JSONValue, creates: Bool) throws(Refusal) -> JSONValue? {
        if value.isNull { return nil }
        let known = options.first { option in
            value["id"].map { $0 == option["id"] } ?? (value["name"] == option["name"])
        }
        if let known {
            return ["id": known["id"] ?? .null, "name": known["name"] ?? .null, "color": known["color"] ?? "default"]
        }
        guard creates, let name = value["name"]?.filledText, !name.contains(",") else {
            throw .validation("\(property.type.capitalized) option \"\(value["name"]?.string ?? "")\" does not exist.")
        }
        var option = NotionProperty.option(name)
        option["description"] = .null
        options.append(option)
        return NotionProperty.option(name)
    }

    private func reference(_ value: JSONValue) throws(Refusal) -> JSONValue {
        guard let id = value["id"]?.string.flatMap(dashed) else {
            throw .validation(
                "body failed validation: body.properties.\(property.name).\(property.type)[0].id should be a valid uuid."
            )
        }
        return property.type == "people" ? ["object": "user", "id": .string(id)] : ["id": .string(id)]
    }

    private func date(_ value: JSONValue) throws(Refusal) -> JSONValue? {
        if value.isNull { return nil }
        let zone = value["time_zone"]?.string
        guard let start = value["start"]?.string else {
            throw .validation(
                "body failed validation: body.properties.\(property.name).date.start should be defined, instead was `undefined`."
            )
        }
        let first = try moment(start, zone: zone)
        let last = try value["end"]?.string.map { text throws(Refusal) in try moment(text, zone: zone) }
        if let last, last.order < first.order || last.isDay != first.isDay {
            throw .validation(
                "body failed validation: body.properties.\(property.name).date.end should be after its start."
            )
        }
        return NotionProperty.date(first.text, end: last?.text)
    }

    /// Days as they are, times with an offset and milliseconds: a zone is folded into the offset.
    private func moment(_ text: String, zone: String?) throws(Refusal) -> (text: String, order: Int, isDay: Bool) {
        let failure = Refusal.validation(
            "body failed validation: body.properties.\(property.name).date.start should be a valid ISO 8601 date string, instead was `\"\(text)\"`."
        )
        if let date = CivilDate(text) {
            guard zone == nil else { throw failure }
            return (date.description, date.daysSince1970 * 86_400, true)
        }
        guard let (wall, written) = WallTime.parse(text), zone == nil || written == nil,
            zone.map(Zone.isKnown) != false
        else { throw failure }
        var offset = written ?? 0
        if let zone {
            let named = Zone.named(zone)
            let instant = named.seconds(ofWall: wall.secondsIgnoringZone)
            offset = wall.secondsIgnoringZone - instant
        }
        let minutes = abs(offset) / 60
        let mark = "\(offset < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
        return ("\(wall).000\(mark)", wall.secondsIgnoringZone - offset, false)
    }

    private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
