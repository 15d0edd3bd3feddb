/// Whom an access rule of a calendar concerns.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/acl>
package enum AccessScope: Hashable, Sendable {
    /// Also people who are not signed in.
    case everybody
    /// By e-mail address, in lower case.
    case user(String)
    case group(String)
    /// All accounts of a domain, by its name in lower case.
    case domain(String)

    /// As declarations write it: `public`, `user:…`, `group:…` or `domain:…`; nil where it is none of these.
    package init?(_ text: String) {
        if text == "public" {
            self = .everybody
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let value = parts[1].lowercased()
        switch parts[0] {
        case "user" where Self.isAddress(value): self = .user(value)
        case "group" where Self.isAddress(value): self = .group(value)
        case "domain" where Self.isDomain(value): self = .domain(value)
        default: return nil
        }
    }

    /// As declarations write it.
    package var text: String {
        switch self {
        case .everybody: "public"
        case .user(let address): "user:\(address)"
        case .group(let address): "group:\(address)"
        case .domain(let name): "domain:\(name)"
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        // By such an address Google itself calls everybody.
        return parts.count == 2 && isWord(parts[0]) && isDomain(parts[1]) && parts[1] != "public.calendar.google.com"
    }

    private static func isDomain(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { isWord($0) && !$0.contains("@") }
    }

    /// What stands between the dots and the `@`: of more than ASCII, too, but nothing that cannot be seen.
    private static func isWord(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                guard !scalar.properties.isWhitespace, !"/\",:".unicodeScalars.contains(scalar) else {
                    return false
                }
                return switch scalar.properties.generalCategory {
                case .control, .format, .surrogate, .privateUse, .unassigned: false
                default: true
                }
            }
    }
}

extension AccessScope: Comparable {
    /// Everybody first, then by name.
    package static func < (left: AccessScope, right: AccessScope) -> Bool {
        (left == .everybody ? 0 : 1, left.text) < (right == .everybody ? 0 : 1, right.text)
    }
}

extension AccessScope: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let scope = AccessScope(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no scope")
        }
        self = scope
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
