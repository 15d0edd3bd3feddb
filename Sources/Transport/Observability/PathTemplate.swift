/// The path of a request with `{id}` in the place of whatever names one page, calendar or event: few templates stand for all
/// paths, and nobody's address is among them.
struct PathTemplate: Sendable {
    let text: String

    /// - Parameter path: of a URL; its query is left out.
    init(_ path: String) {
        let template = path.prefix { $0 != "?" && $0 != "#" }
            .split(separator: "/", omittingEmptySubsequences: false)
            .map { Self.isWord($0) ? String($0) : "{id}" }
            .joined(separator: "/")
        text = template.isEmpty ? "/" : template
    }

    /// Words of the APIs' own are letters, as `calendarList` and `data_sources`, or a version.
    private static func isWord(_ segment: Substring) -> Bool {
        if segment.first == "v", segment.dropFirst().allSatisfy({ ("0"..."9").contains($0) }) { return true }
        return segment.utf8.count <= 20
            && segment.allSatisfy { ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "_" }
    }
}
