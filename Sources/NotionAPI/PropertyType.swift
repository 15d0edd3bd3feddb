/// The type of a property, as Notion names it. Notion adds types at any time: an unknown one is kept, never an error.
///
/// <https://developers.notion.com/reference/property-object>
package struct PropertyType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package var description: String { rawValue }

    package static let title = PropertyType(rawValue: "title")
    package static let richText = PropertyType(rawValue: "rich_text")
    package static let number = PropertyType(rawValue: "number")
    package static let select = PropertyType(rawValue: "select")
    package static let multiSelect = PropertyType(rawValue: "multi_select")
    package static let status = PropertyType(rawValue: "status")
    package static let date = PropertyType(rawValue: "date")
    package static let checkbox = PropertyType(rawValue: "checkbox")
    package static let url = PropertyType(rawValue: "url")
    package static let email = PropertyType(rawValue: "email")
    package static let phoneNumber = PropertyType(rawValue: "phone_number")
    package static let people = PropertyType(rawValue: "people")
    package static let files = PropertyType(rawValue: "files")
    package static let relation = PropertyType(rawValue: "relation")
    package static let formula = PropertyType(rawValue: "formula")
    package static let rollup = PropertyType(rawValue: "rollup")
    package static let createdTime = PropertyType(rawValue: "created_time")
    package static let lastEditedTime = PropertyType(rawValue: "last_edited_time")
    package static let createdBy = PropertyType(rawValue: "created_by")
    package static let lastEditedBy = PropertyType(rawValue: "last_edited_by")
    package static let uniqueID = PropertyType(rawValue: "unique_id")
    package static let place = PropertyType(rawValue: "place")
    package static let button = PropertyType(rawValue: "button")
    package static let verification = PropertyType(rawValue: "verification")
}
