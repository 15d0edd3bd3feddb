/// The id of a property: `title`, or a short string of any characters such as `[Wk?`.
///
/// Notion writes it percent-encoded (`%5BWk%3F`) in schemas and in pages; people copy either form. Two ids are equal when
/// they are the same once decoded.
/// <https://developers.notion.com/reference/property-object>
package struct PropertyID: Hashable, Sendable, CustomStringConvertible {
    /// As Notion wrote it, which is the form a URL path takes: encoding it again is an error there.
    package let written: String
    /// Percent-decoded once.
    package let decoded: String

    package init(_ written: String) {
        self.written = written
        decoded = PercentEncoding.decoded(written) ?? written
    }

    package static func == (left: PropertyID, right: PropertyID) -> Bool { left.decoded == right.decoded }

    package func hash(into hasher: inout Hasher) { hasher.combine(decoded) }

    package var description: String { written }
}
