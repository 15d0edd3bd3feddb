/// The number of a run in the history.
package struct RunID: Hashable, Codable, RawRepresentable, CustomStringConvertible, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }

    package var description: String { String(rawValue) }
}
