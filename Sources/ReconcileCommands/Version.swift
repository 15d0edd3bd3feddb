import ZoneData

/// The version of this program.
enum Version {
    static let number = "0.1.0"

    /// What `--version --verbose` prints; nil where something else was asked for.
    static func details(askedFor arguments: [String], zones: ZoneDatabase) -> String? {
        let words = Set(arguments)
        guard words.contains("--version"), words.count > 1, words.isSubset(of: ["--version", "--verbose", "-v"]) else {
            return nil
        }
        return """
            reconcile \(number)
            time zones: \(zones.release)

            """
    }
}
