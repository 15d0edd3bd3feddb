import HTTPTypes
import Logging
import Synchronization
import Transport

/// Tells the log of requests that were refused: often enough that somebody sees them, and so seldom that strangers cannot
/// fill it.
///
/// A minute has ten lines for each status, none of them twice; the next one says how many were left out. Paths that stand for
/// nothing, prefixes that nobody declared, the service and each organization have ten of their own, so that who makes up paths hides
/// nobody's refusals. Who knows many organizations shares two hundred lines with them.
final class RefusalLog: Sendable {
    /// What was refused to whom.
    struct Refusal: Hashable, Sendable {
        var status: Int
        /// The pattern of the path; nil: there is none.
        var route: String?
        /// The organization's prefix, as the path had it.
        var prefix: String?
        /// Whether an organization of that prefix is declared.
        var isDeclared: Bool
        /// The client's address.
        var client: String
    }

    /// What shares its lines. There are no more of them than statuses and organizations, whatever strangers ask for.
    private struct Room: Hashable {
        var status: Int
        var kind: Kind

        enum Kind: Hashable {
            case nowhere, service, undeclared
            case organization(String)
        }

        init(_ refusal: Refusal) {
            status = refusal.status
            if refusal.route == nil {
                kind = .nowhere
            } else if let prefix = refusal.prefix {
                kind = refusal.isDeclared ? .organization(prefix) : .undeclared
            } else {
                kind = .service
            }
        }
    }

    private struct Minute {
        var begun = Duration.zero
        var told: Set<Refusal> = []
        var untold = 0
    }

    private struct Told {
        var minutes: [Room: Minute] = [:]
        /// Of all organizations together.
        var begun = Duration.zero
        var lines = 0
    }

    private let told = Mutex(Told())
    private let now: @Sendable () -> Duration
    private let logger: Logger

    init(time: ElapsedTime, logger: Logger) { (now, self.logger) = (time.now, logger) }

    private static let linesPerMinute = 10
    private static let organizationLinesPerMinute = 200

    /// What strangers are refused; other errors are a matter of those who use the service.
    static func concerns(_ status: HTTPResponse.Status) -> Bool {
        [401, 403, 404, 408, 413, 429].contains(status.code)
    }

    func note(_ refusal: Refusal) {
        guard let untold = lineFor(refusal) else { return }
        var metadata: Logger.Metadata = ["status": "\(refusal.status)", "client": "\(refusal.client)"]
        if let route = refusal.route { metadata["route"] = "\(route)" }
        if let prefix = refusal.prefix { metadata["organization"] = "\(Self.printable(prefix))" }
        if untold > 0 { metadata["not_told"] = "\(untold)" }
        // Paths that nobody has are what browsers and scanners ask for all day.
        let level: Logger.Level = refusal.route == nil ? .info : refusal.status == 404 ? .notice : .warning
        logger.log(level: level, "request refused", metadata: metadata)
    }

    /// - Returns: how many were left out before; nil where this one is left out as well.
    private func lineFor(_ refusal: Refusal) -> Int? {
        let now = now()
        let room = Room(refusal)
        return told.withLock { told in
            var minute = told.minutes[room, default: Minute(begun: now)]
            defer { told.minutes[room] = minute }
            if now - minute.begun >= .seconds(60) { (minute.begun, minute.told) = (now, []) }
            if now - told.begun >= .seconds(60) { (told.begun, told.lines) = (now, 0) }
            let isOfOrganization = if case .organization = room.kind { true } else { false }
            guard minute.told.count < Self.linesPerMinute, !minute.told.contains(refusal),
                !isOfOrganization || told.lines < Self.organizationLinesPerMinute
            else {
                minute.untold += 1
                return nil
            }
            minute.told.insert(refusal)
            if isOfOrganization { told.lines += 1 }
            defer { minute.untold = 0 }
            return minute.untold
        }
    }

    /// Prefixes are short and plain; what a path has in their place may be anything.
    private static func printable(_ prefix: String) -> String {
        let visible = prefix.unicodeScalars.prefix(64).map {
            $0.properties.generalCategory.isPrintable ? $0 : "\u{FFFD}"
        }
        return String(String.UnicodeScalarView(visible))
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isPrintable: Bool {
        switch self {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
